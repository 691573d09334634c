//! Refusals that tell where they were made.

use async_graphql::{Context, Error, ErrorExtensions};

/// A refusal with its full path: async-graphql cuts the path of an error that leaves a list.
pub fn refused<'c>(ctx: &'c Context<'_>, at: Option<usize>) -> impl Fn(String) -> Error + 'c {
    let path = ctx.path_node.expect("a field is resolved").to_string_vec();
    let path: Vec<_> = path.into_iter().chain(at.map(|at| at.to_string())).collect();
    move |message| {
        Error::new(message).extend_with(|_, values| {
            values.set("code", "BAD_USER_INPUT");
            values.set("path", path.clone());
        })
    }
}
