//! The library with the read layer.

mod arguments;

use std::sync::{Arc, Once};

use async_graphql::{EmptyMutation, EmptySubscription, ID, Request, Response, Schema};
use pathbridge::{
    error::{Code, Error, Result},
    graphql::object::{Connection, Declaration, Graph, Loaded, Paged, Root, Total},
    interface, value_object,
};

use self::arguments::{Chosen, First, Places, Size, Which, Wished};
use super::{AuthorRow, BookRow, FilmRow, MediaRow, PublisherRow};

pub type OurSchema = Schema<Root<ToyQuery>, EmptyMutation, EmptySubscription>;

/// What the read layer answers.
pub async fn execute(request: impl Into<Request>) -> Response {
    super::super::execute::<ToyQuery>(request.into()).await
}

value_object! {
    /// The whole library.
    pub ToyQuery(())
}
value_object! {
    /// Somebody who writes books or directs films.
    pub Author(AuthorRow)
}
value_object! {
    /// A book.
    pub Book(BookRow)
}
value_object! {
    /// A film.
    pub Film(FilmRow)
}
value_object! {
    /// A house that prints books.
    pub Publisher(PublisherRow)
}
interface! {
    /// Something to read
    /// or to watch.
    pub Media(MediaRow)
}

pub fn schema() -> OurSchema {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let mut graph = Graph::with_pages();
        root(graph.object::<ToyQuery>());
        author(graph.object::<Author>());
        book(graph.member::<Media, Book>(|row| match row {
            MediaRow::Book(row) => Some(row),
            MediaRow::Film(_) => None,
        }));
        film(graph.member::<Media, Film>(|row| match row {
            MediaRow::Film(row) => Some(row),
            MediaRow::Book(_) => None,
        }));
        publisher(graph.object::<Publisher>());
        graph.install();
    });
    Schema::build(Root::new(), EmptyMutation, EmptySubscription).finish()
}

/// A refusal with the words of the plain schema.
fn refused(message: String) -> Error {
    Error::argument(Code::BadUserInput, message)
}

fn each<P, R>(rows: &[&P], of: impl Fn(&P) -> Option<R>) -> Loaded<R, Option<usize>> {
    Loaded::each(rows.iter().map(|row| of(row)).collect())
}

fn each_or<P, R>(
    rows: &[&P],
    of: impl Fn(&P) -> Result<Option<R>, String>,
) -> Loaded<R, Option<usize>> {
    Loaded::each_or(rows.iter().map(|row| of(row).map_err(refused)).collect())
}

fn lists<P, R>(rows: &[&P], of: impl Fn(&P) -> Vec<R>) -> Loaded<R, Vec<usize>> {
    Loaded::lists(rows.iter().map(|row| of(row)).collect())
}

fn page(first: i32) -> Paged<BookRow> {
    let page = super::books_page(first);
    Paged {
        rows: page.rows,
        has_previous: false,
        has_next: page.has_next,
        total: Some(Total { value: super::BOOKS, is_exact: true }),
        cursor: Arc::new(super::cursor),
    }
}

fn root(query: &mut Declaration<ToyQuery>) {
    query.column("version", |()| 7, "The version of the catalogue.");
    query.one::<Author, Which>(
        "author",
        |_, which| Box::pin(async move { Ok(Loaded::each(vec![super::author(which.0)])) }),
        "An author.",
    );
    query.many::<Author, First>(
        "authors",
        |_, first| Box::pin(async move { Ok(Loaded::lists(vec![super::authors(first.0)])) }),
        "All authors.",
    );
    query.many::<Media, Chosen>(
        "media",
        |_, chosen| {
            let found = super::media(chosen.kind, chosen.ids.as_deref());
            Box::pin(async move { Ok(Loaded::lists(vec![found])) })
        },
        "Books and films.",
    );
    query.sparse::<Media, Places>(
        "slots",
        |_, places| {
            let found = places.0.into_iter().map(|id| super::slot(id).map_err(refused)).collect();
            Box::pin(async move { found })
        },
        "What lies at each place.",
    );
    query.one::<Connection<Book>, Size>(
        "books",
        |_, size| Box::pin(async move { Ok(Loaded::each(vec![Some(page(size.0))])) }),
        "The first books.",
    );
}

fn author(author: &mut Declaration<Author>) {
    author.column("id", |row| ID::from(row.id), "The id.");
    author.column("name", |row| row.name.clone(), "The name.");
    author.column("born", |row| row.born, "The year of birth.");
    author.column("tags", |row| row.tags.clone(), "Some words.");
    author.one::<Author, ()>(
        "agent",
        |parents, ()| Box::pin(async { Ok(each_or(parents.rows, AuthorRow::agent)) }),
        "Who looks after them.",
    );
    author.exactly_one::<Publisher, ()>(
        "publisher",
        |parents, ()| {
            Box::pin(async { Ok(each_or(parents.rows, |row| row.publisher().map(Some))) })
        },
        "Who prints them.",
    );
    author.many::<Book, Wished>(
        "books",
        |parents, wished| {
            Box::pin(async move {
                let books = |row: &AuthorRow| row.books(wished.longer_than, wished.wish.as_ref());
                Ok(lists(parents.rows, books))
            })
        },
        "Their books.",
    );
    author.many::<Media, ()>(
        "works",
        |parents, ()| Box::pin(async { Ok(lists(parents.rows, AuthorRow::works)) }),
        "All that they made.",
    );
    author.one::<Media, ()>(
        "favourite",
        |parents, ()| Box::pin(async { Ok(each(parents.rows, AuthorRow::favourite)) }),
        "What they like.",
    );
    author.one::<Connection<Book>, Size>(
        "shelf",
        |parents, size| {
            Box::pin(async move {
                let shelf = |row: &AuthorRow| (row.id != 4).then(|| page(size.0 + row.id % 2));
                Ok(each(parents.rows, shelf))
            })
        },
        "What they read.",
    );
}

fn book(book: &mut Declaration<Book>) {
    book.column("id", |row| ID::from(row.id), "The id.");
    book.column("title", |row| row.title.clone(), "The title.");
    book.column("pages", |row| row.pages, "How long it is.");
    book.exactly_one::<Author, ()>(
        "author",
        |parents, ()| {
            // Books of one author share the row.
            let wanted: Vec<_> = parents.rows.iter().map(|row| Some(row.author().id)).collect();
            let found = || Loaded::by_key(super::authors(None), |row| row.id, wanted.into_iter());
            Box::pin(async move { Ok(found()) })
        },
        "Who wrote it.",
    );
    book.one::<Book, ()>(
        "sequel",
        |parents, ()| Box::pin(async { Ok(each(parents.rows, BookRow::sequel)) }),
        "What comes next.",
    );
    book.exactly_one::<Author, ()>(
        "critic",
        |parents, ()| Box::pin(async { Ok(each_or(parents.rows, |row| row.critic().map(Some))) }),
        "Who praised it.",
    );
    book.one::<Film, ()>(
        "film",
        |parents, ()| Box::pin(async { Ok(each_or(parents.rows, BookRow::film)) }),
        "What was made of it.",
    );
}

fn film(film: &mut Declaration<Film>) {
    film.column("id", |row| ID::from(row.id), "The id.");
    film.column("title", |row| row.title.clone(), "The title.");
    film.exactly_one::<Author, ()>(
        "director",
        |parents, ()| Box::pin(async { Ok(each(parents.rows, |row| Some(row.director()))) }),
        "Who made it.",
    );
    film.one::<Book, ()>(
        "basedOn",
        |parents, ()| Box::pin(async { Ok(each(parents.rows, FilmRow::based_on)) }),
        "The book behind it.",
    );
}

fn publisher(publisher: &mut Declaration<Publisher>) {
    publisher.column("name", |row| row.name.clone(), "The name.");
    publisher.many::<Author, ()>(
        "authors",
        |parents, ()| {
            let wanted = parents.rows.iter().map(|row| row.id);
            let grouped = Loaded::grouped(super::authors(None), |row| row.id % 2, wanted);
            Box::pin(async move { Ok(grouped) })
        },
        "Whom it prints.",
    );
}
