//! The read layer: objects declared once, answered a level at a time.
//!
//! # A new type in ten minutes
//!
//! Name the type and its row, then declare its **columns** (a name, a plain function of the row,
//! a description) and its **edges** (a name, a target, and where the key of the target lies):
//!
//! ```ignore
//! object!(
//!     /// A place where a student learns.
//!     pub School(school::Entity) prefix "school" scope Scope::RosterRead
//!         by SchoolWhere, SchoolOrder
//! );
//!
//! pub fn declare(graph: &mut Graph) {
//!     let school = graph.node::<School>();
//!     school.column("id", |row| Key(row.id), "The global id.");
//!     school.column("name", |row| row.name.clone(), "The name on the door.");
//!     school.belongs_to::<District>("district", |row| Some(row.district_id.into()), "Its district.");
//!     school.has_many::<Student>("students", student::Column::SchoolId, "Its students.");
//!     graph.query().list::<School>("schools", "The schools that you may see.");
//! }
//! ```
//!
//! That is all: the GraphQL types, connections, arguments, nullability, `@scope` and `@pii` of the
//! schema come from the same declaration that answers the query. A slice that holds a foreign key
//! declares the edge in both directions, on the older type too
//! (`graph.object::<Student>().has_many::<Placement>(…)`), so that older slices never hear of
//! younger ones.
//!
//! # How a query is answered
//!
//! A page of rows answers its whole subtree itself. For the selected fields of one level, every
//! edge is asked **once for all rows of the level**, all edges at the same time; each edge's rows
//! are the next level. Then the rows are put together in the order of the query, without a
//! future. So the number of statements is the number of edges in the query, whatever the number
//! of rows, and nobody can write N+1.
//!
//! Two things keep this quick without a word in a slice. A level writes its JSON into one buffer
//! from which the level above copies, so no tree of values is ever built ([`Slots`]). And only the
//! columns that the selection looks at are fetched: a field reads the column of its own name, an
//! edge the one that holds its key; a field that reads others says so with
//! [`reads`](FieldDeclaration::reads).
//!
//! GraphQL's semantics are kept to the letter: aliases, merged selections, fragments on objects
//! and interfaces, `__typename`, coerced arguments, null propagation and error paths. A test
//! compares random documents with the same types written the ordinary way.

mod argument;
mod connection;
mod cx;
mod declare;
mod edge;
mod events;
mod field;
mod graph;
mod level;
mod narrow;
mod node;
mod output;
mod root;
mod select;
mod stored;
mod target;
mod text;
mod trail;
mod value;

pub use argument::{Arguments, declared, declared_or};
pub use connection::{Connection, CountPrecision, Paged, Total};
pub use cx::{Cx, Fragments, Question};
pub use declare::{Declaration, Loading};
pub use edge::{Answer, Loaded, Parents};
pub use events::{EventRow, Events, Subscription};
pub use field::FieldDeclaration;
pub use graph::Graph;
pub use level::level;
pub use narrow::of_pages;
pub use node::{Node, NodeRef, NodeRow, load_nodes, register_interface};
pub use output::{Many, One};
pub use root::{Query, Root, answer};
pub use select::{Picked, Sets};
pub use stored::Stored;
pub use target::{Abstract, Members, Object, Target, level_of_members};
pub use text::{Answers, Slot, Slots};
pub use trail::Trail;
