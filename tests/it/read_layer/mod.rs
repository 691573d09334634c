//! The read layer keeps to GraphQL and to the database, whatever is asked.

mod cursors;
mod differential;
mod document;
mod every_edge;
mod every_order;
mod filters;
mod guarded;
mod narrow;
mod paging;
mod roster;
mod semantics;
mod statements;
mod toy;

use async_graphql::{Request, Response, Value, parser::types::DocumentOperations};
use pathbridge::graphql::object::{Object, Question, answer};

/// What the read layer answers to a query, in the frame of the library it is compared with.
async fn execute<T: Object<Row = ()>>(mut request: Request) -> Response {
    let document = request.parsed_query().expect("a document").clone();
    let DocumentOperations::Single(operation) = &document.operations else {
        panic!("one operation");
    };
    let question = Question {
        operation: &operation.node,
        fragments: &document.fragments,
        variables: &request.variables,
        data: &request.data,
    };
    let (data, errors) = answer::<T>(question).await;
    let mut response = Response::new(serde_json::from_slice::<Value>(&data).expect("JSON"));
    response.errors = errors;
    response
}
