//! The directive as the schema has it.
#![expect(missing_docs, reason = "the macro makes a type that it gives no words")]

use async_graphql::{
    Context, CustomDirective, Directive, ResolveFut, ServerResult, async_trait::async_trait,
};
use async_graphql_value::ConstValue;

/// Does the mutation once, however often it is sent with this key: 1 to 255 characters, as a UUID,
/// kept for seven days. The same key with other arguments is refused. A refused mutation leaves no
/// key behind.
#[Directive(location = "Field")]
pub fn idempotent(key: String) -> impl CustomDirective {
    // It was read before the operation began: the key belongs to the mutation's transaction.
    drop(key);
    Marks
}

struct Marks;

#[async_trait]
impl CustomDirective for Marks {
    async fn resolve_field(
        &self,
        _: &Context<'_>,
        resolve: ResolveFut<'_>,
    ) -> ServerResult<Option<ConstValue>> {
        resolve.await
    }
}
