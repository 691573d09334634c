//! The library in the ordinary way of async-graphql.

mod refused;

use async_graphql::{
    Context, EmptyMutation, EmptySubscription, Error, ID, Interface, Object, Schema, SimpleObject,
};
use pathbridge::graphql::object::CountPrecision;

use self::refused::refused;
use super::{AuthorRow, BookRow, FilmRow, Kind, MediaRow, PublisherRow, Wish};

pub type PlainSchema = Schema<ToyQuery, EmptyMutation, EmptySubscription>;

pub fn schema() -> PlainSchema {
    Schema::build(ToyQuery, EmptyMutation, EmptySubscription).finish()
}

pub struct Author(AuthorRow);
pub struct Book(BookRow);
pub struct Film(FilmRow);
pub struct Publisher(PublisherRow);
/// The whole library.
pub struct ToyQuery;

/// Something to read
/// or to watch.
#[derive(Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "The global id: opaque, never changed, never used again."
))]
pub enum Media {
    Book(Book),
    Film(Film),
}

impl From<MediaRow> for Media {
    fn from(row: MediaRow) -> Self {
        match row {
            MediaRow::Book(row) => Self::Book(Book(row)),
            MediaRow::Film(row) => Self::Film(Film(row)),
        }
    }
}

/// An object in its page.
#[derive(SimpleObject)]
pub struct BookEdge {
    /// The position of the object, for `after` and `before`.
    cursor: String,
    /// The object itself.
    node: Book,
}

/// Where a page lies in its list.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Whether rows follow the page.
    has_next_page: bool,
    /// Whether rows precede the page.
    has_previous_page: bool,
    /// The cursor of the page's first row.
    start_cursor: Option<String>,
    /// The cursor of the page's last row; give it as `after` to read on.
    end_cursor: Option<String>,
}

/// A number of rows, counted up to 10,000.
#[derive(SimpleObject)]
pub struct Count {
    /// The number of rows, at most 10,000.
    value: i32,
    /// Whether the number is exact or a lower bound.
    precision: CountPrecision,
}

/// A page of Book objects.
#[derive(SimpleObject)]
pub struct BookConnection {
    /// The objects of the page.
    nodes: Vec<Book>,
    /// The objects of the page, each with its cursor.
    edges: Vec<BookEdge>,
    /// Where the page lies in the list.
    page_info: PageInfo,
    /// How many rows the filter matches, whatever the page; counted only when asked.
    total_count: Option<Count>,
}

fn page(first: i32) -> BookConnection {
    let page = super::books_page(first);
    let edge = |row: &BookRow| BookEdge { cursor: super::cursor(row), node: Book(row.clone()) };
    BookConnection {
        nodes: page.rows.iter().cloned().map(Book).collect(),
        edges: page.rows.iter().map(edge).collect(),
        page_info: PageInfo {
            has_next_page: page.has_next,
            has_previous_page: false,
            start_cursor: page.rows.first().map(super::cursor),
            end_cursor: page.rows.last().map(super::cursor),
        },
        total_count: Some(Count { value: super::BOOKS, precision: CountPrecision::Exact }),
    }
}

/// The whole library.
#[Object]
impl ToyQuery {
    /// The version of the catalogue.
    async fn version(&self) -> i32 {
        7
    }

    /// An author.
    async fn author(&self, #[graphql(desc = "Which one.", default = 1)] id: i32) -> Option<Author> {
        super::author(id).map(Author)
    }

    /// All authors.
    async fn authors(&self, #[graphql(desc = "So many.")] first: Option<i32>) -> Vec<Author> {
        super::authors(first).into_iter().map(Author).collect()
    }

    /// Books and films.
    async fn media(
        &self,
        #[graphql(desc = "Only these.")] kind: Option<Kind>,
        #[graphql(desc = "Only those.")] ids: Option<Vec<i32>>,
    ) -> Vec<Media> {
        super::media(kind, ids.as_deref()).into_iter().map(Media::from).collect()
    }

    /// What lies at each place.
    async fn slots(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The places.")] ids: Vec<i32>,
    ) -> Vec<Option<Result<Media, Error>>> {
        let slot = |(at, id)| {
            let slot = super::slot(id).map(|row| row.map(Media::from));
            slot.map_err(refused(ctx, Some(at))).transpose()
        };
        ids.into_iter().enumerate().map(slot).collect()
    }

    /// The first books.
    async fn books(
        &self,
        #[graphql(desc = "So many.", default = 2)] first: i32,
    ) -> Option<BookConnection> {
        Some(page(first))
    }
}

/// Somebody who writes books or directs films.
#[Object]
impl Author {
    /// The id.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The year of birth.
    async fn born(&self) -> Option<i32> {
        self.0.born
    }

    /// Some words.
    async fn tags(&self) -> &[String] {
        &self.0.tags
    }

    /// Who looks after them.
    async fn agent(&self, ctx: &Context<'_>) -> Option<Result<Self, Error>> {
        self.0.agent().map(|row| row.map(Self)).map_err(refused(ctx, None)).transpose()
    }

    /// Who prints them.
    async fn publisher(&self, ctx: &Context<'_>) -> Result<Publisher, Error> {
        self.0.publisher().map(Publisher).map_err(refused(ctx, None))
    }

    /// Their books.
    async fn books(
        &self,
        #[graphql(desc = "Only longer ones.", default = 20)] longer_than: Option<i32>,
        #[graphql(desc = "Only wished ones.")] wish: Option<Wish>,
    ) -> Vec<Book> {
        self.0.books(longer_than, wish.as_ref()).into_iter().map(Book).collect()
    }

    /// All that they made.
    async fn works(&self) -> Vec<Media> {
        self.0.works().into_iter().map(Media::from).collect()
    }

    /// What they like.
    async fn favourite(&self) -> Option<Media> {
        self.0.favourite().map(Media::from)
    }

    /// What they read.
    async fn shelf(
        &self,
        #[graphql(desc = "So many.", default = 2)] first: i32,
    ) -> Option<BookConnection> {
        (self.0.id != 4).then(|| page(first + self.0.id % 2))
    }
}

/// A book.
#[Object]
impl Book {
    /// The id.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The title.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// How long it is.
    async fn pages(&self) -> i32 {
        self.0.pages
    }

    /// Who wrote it.
    async fn author(&self) -> Author {
        Author(self.0.author())
    }

    /// What comes next.
    async fn sequel(&self) -> Option<Self> {
        self.0.sequel().map(Self)
    }

    /// Who praised it.
    async fn critic(&self, ctx: &Context<'_>) -> Result<Author, Error> {
        self.0.critic().map(Author).map_err(refused(ctx, None))
    }

    /// What was made of it.
    async fn film(&self, ctx: &Context<'_>) -> Option<Result<Film, Error>> {
        self.0.film().map(|row| row.map(Film)).map_err(refused(ctx, None)).transpose()
    }
}

/// A film.
#[Object]
impl Film {
    /// The id.
    async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// The title.
    async fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    /// Who made it.
    async fn director(&self) -> Author {
        Author(self.0.director())
    }

    /// The book behind it.
    async fn based_on(&self) -> Option<Book> {
        self.0.based_on().map(Book)
    }
}

/// A house that prints books.
#[Object]
impl Publisher {
    /// The name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Whom it prints.
    async fn authors(&self) -> Vec<Author> {
        self.0.authors().into_iter().map(Author).collect()
    }
}
