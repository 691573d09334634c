//! A declared field: how it is answered, and what the schema says of it.

use async_graphql::registry::{Deprecation, MetaField, MetaInputValue, Registry};

use super::{Object, declare::How, narrow::Reads};
use crate::{
    auth::{Class, Scope},
    graphql::scope,
};

/// One field: how it is answered and what the schema says of it.
pub struct FieldDeclaration<T: Object> {
    pub(super) name: &'static str,
    pub(super) description: String,
    pub(super) graphql_type: Box<dyn Fn(&mut Registry) -> String + Send + Sync>,
    pub(super) arguments: fn(&mut Registry) -> Vec<MetaInputValue>,
    pub(super) how: How<T>,
    pub(super) reads: Reads,
    /// Personal data that not every caller may have.
    pub(super) guarded: Option<Class>,
    pub(super) class: Option<Class>,
    pub(super) scope: Option<Scope>,
    pub(super) sized_by: &'static [&'static str],
    pub(super) weight: Option<i32>,
    pub(super) deprecated: Option<&'static str>,
}

impl<T: Object> FieldDeclaration<T> {
    /// Personal data of a student: null for a caller who may not have this class.
    pub fn pii(&mut self, class: Class) -> &mut Self {
        self.guarded = Some(class);
        self.business_pii(class)
    }

    /// Personal data of an adult at work: printed in the schema, and open to whoever sees the row.
    pub fn business_pii(&mut self, class: Class) -> &mut Self {
        self.class = Some(class);
        self
    }

    /// The field needs this scope, besides that of the type it leads to.
    pub fn needs(&mut self, scope: Scope) -> &mut Self {
        self.scope = Some(scope);
        self
    }

    /// What the field adds to an operation's cost.
    pub fn costs(&mut self, weight: i32) -> &mut Self {
        self.weight = Some(weight);
        self
    }

    /// Clients should move on; the reason names the replacement.
    pub fn deprecated(&mut self, reason: &'static str) -> &mut Self {
        self.deprecated = Some(reason);
        self
    }

    pub(super) fn paged(&mut self) -> &mut Self {
        self.sized_by(&["first", "last"])
    }

    /// These arguments say how many items the field answers, which its cost follows.
    pub fn sized_by(&mut self, arguments: &'static [&'static str]) -> &mut Self {
        self.sized_by = arguments;
        self
    }

    pub(super) fn meta(&self, registry: &mut Registry) -> MetaField {
        let mut graphql_type = (self.graphql_type)(registry);
        if self.guarded.is_some() && graphql_type.ends_with('!') {
            graphql_type.pop();
        }
        let mut meta = MetaField::new(self.name, graphql_type);
        meta.description = Some(self.description.clone());
        let arguments = (self.arguments)(registry).into_iter();
        meta.args = arguments.map(|argument| (argument.name.clone(), argument)).collect();
        let directives = [
            self.scope.map(scope::scope_invocation),
            self.class.map(scope::pii_invocation),
            self.weight.map(scope::cost_invocation),
            (!self.sized_by.is_empty()).then(|| scope::list_size_invocation(self.sized_by)),
        ];
        meta.directive_invocations = directives.into_iter().flatten().collect();
        if let Some(reason) = self.deprecated {
            meta.deprecation = Deprecation::Deprecated { reason: Some(reason.to_owned()) };
        }
        meta
    }
}
