//! A little library: its rows, and what its edges answer, for both ways of declaring a schema.

pub mod ours;
pub mod plain;

use async_graphql::{Enum, InputObject};

/// Somebody who writes books or directs films.
#[derive(Debug, Clone)]
pub struct AuthorRow {
    pub id: i32,
    pub name: String,
    pub born: Option<i32>,
    pub tags: Vec<String>,
}

/// A book; its author's id is the rest of a division.
#[derive(Debug, Clone)]
pub struct BookRow {
    pub id: i32,
    pub title: String,
    pub pages: i32,
}

#[derive(Debug, Clone)]
pub struct FilmRow {
    pub id: i32,
    pub title: Option<String>,
}

#[derive(Debug, Clone)]
pub struct PublisherRow {
    pub id: i32,
    pub name: String,
}

#[derive(Debug, Clone)]
pub enum MediaRow {
    Book(BookRow),
    Film(FilmRow),
}

/// A page of books, cut from all of them.
pub struct BooksPage {
    pub rows: Vec<BookRow>,
    pub has_next: bool,
}

/// A kind of medium.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum Kind {
    /// On paper.
    Book,
    /// On a screen.
    Film,
}

/// What somebody wishes to read.
#[derive(Debug, Clone, InputObject)]
pub struct Wish {
    /// At least so many pages.
    pub at_least: Option<i32>,
    /// At most so many pages.
    pub at_most: Option<i32>,
}

pub const AUTHORS: i32 = 6;
pub const BOOKS: i32 = 12;
pub const FILMS: i32 = 4;

pub fn author(id: i32) -> Option<AuthorRow> {
    (1..=AUTHORS).contains(&id).then(|| AuthorRow {
        id,
        name: format!("Author \"{id}\""),
        born: (id % 3 != 0).then_some(1900 + id),
        tags: (0..id % 3).map(|at| format!("tag {at}")).collect(),
    })
}

pub fn authors(first: Option<i32>) -> Vec<AuthorRow> {
    (1..=AUTHORS).take(count(first)).filter_map(author).collect()
}

fn count(first: Option<i32>) -> usize {
    first.map_or(usize::MAX, |first| usize::try_from(first).unwrap_or(0))
}

pub fn book(id: i32) -> Option<BookRow> {
    (1..=BOOKS).contains(&id).then(|| BookRow {
        id,
        title: format!("Book {id}"),
        pages: id * 37 % 200,
    })
}

pub fn film(id: i32) -> Option<FilmRow> {
    let title = (id % 2 == 0).then(|| format!("Film {id}"));
    (1..=FILMS).contains(&id).then_some(FilmRow { id, title })
}

pub fn books_page(first: i32) -> BooksPage {
    let first = first.clamp(0, BOOKS);
    BooksPage { rows: (1..=first).filter_map(book).collect(), has_next: first < BOOKS }
}

pub fn cursor(row: &BookRow) -> String {
    format!("at {}", row.id)
}

/// Negative ids cannot be looked for, others may be missing.
pub fn slot(id: i32) -> Result<Option<MediaRow>, String> {
    match id {
        ..0 => Err(format!("there is no slot {id}")),
        0..100 => Ok(book(id).map(MediaRow::Book)),
        _ => Ok(film(id - 100).map(MediaRow::Film)),
    }
}

pub fn media(kind: Option<Kind>, ids: Option<&[i32]>) -> Vec<MediaRow> {
    let chosen = |id: &i32| ids.is_none_or(|ids| ids.contains(id));
    let books = (1..=3).filter(|_| kind != Some(Kind::Film)).filter(chosen).filter_map(book);
    let films = (1..=3).filter(|_| kind != Some(Kind::Book)).filter(chosen).filter_map(film);
    books.map(MediaRow::Book).chain(films.map(MediaRow::Film)).collect()
}

impl AuthorRow {
    pub fn agent(&self) -> Result<Option<Self>, String> {
        match self.id {
            5 => Err("the agent of author 5 cannot be told".to_owned()),
            id if id % 2 == 0 => Ok(author(id - 1)),
            _ => Ok(None),
        }
    }

    pub fn publisher(&self) -> Result<PublisherRow, String> {
        match self.id {
            3 => Err("the publisher of author 3 cannot be told".to_owned()),
            id => Ok(PublisherRow { id: id % 2, name: format!("Publisher {}", id % 2) }),
        }
    }

    pub fn books(&self, longer_than: Option<i32>, wish: Option<&Wish>) -> Vec<BookRow> {
        let fits = |book: &BookRow| {
            let at_least = longer_than.is_none_or(|pages| book.pages > pages);
            let wished = wish.is_none_or(|wish| {
                wish.at_least.is_none_or(|pages| book.pages >= pages)
                    && wish.at_most.is_none_or(|pages| book.pages <= pages)
            });
            book.author().id == self.id && at_least && wished
        };
        (1..=BOOKS).filter_map(book).filter(fits).collect()
    }

    pub fn works(&self) -> Vec<MediaRow> {
        let films = (1..=FILMS).filter_map(film).filter(|film| film.director().id == self.id);
        let books = self.books(None, None).into_iter().map(MediaRow::Book);
        films.map(MediaRow::Film).chain(books).collect()
    }

    pub fn favourite(&self) -> Option<MediaRow> {
        slot(if self.id % 2 == 0 { self.id } else { 100 + self.id }).ok().flatten()
    }
}

impl BookRow {
    pub fn author(&self) -> AuthorRow {
        author(self.id % (AUTHORS - 1) + 1).expect("every book has an author")
    }

    pub fn sequel(&self) -> Option<Self> {
        (self.id % 2 == 1).then(|| book(self.id + 1)).flatten()
    }

    pub fn critic(&self) -> Result<AuthorRow, String> {
        let critic = author(self.id % AUTHORS).filter(|_| self.id % 4 != 0);
        critic.ok_or_else(|| format!("the critic of book {} cannot be told", self.id))
    }

    pub fn film(&self) -> Result<Option<FilmRow>, String> {
        match self.id {
            2 => Err("the film of book 2 cannot be told".to_owned()),
            id => Ok(film(id)),
        }
    }
}

impl FilmRow {
    pub fn director(&self) -> AuthorRow {
        author(self.id + 1).expect("every film has a director")
    }

    pub fn based_on(&self) -> Option<BookRow> {
        (self.id != 3).then(|| book(self.id)).flatten()
    }
}

impl PublisherRow {
    pub fn authors(&self) -> Vec<AuthorRow> {
        authors(None).into_iter().filter(|author| author.id % 2 == self.id).collect()
    }
}
