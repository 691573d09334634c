//! How large a document is with its fragments spread out, found without spreading them.

use std::collections::HashMap;

use async_graphql_parser::types::{ExecutableDocument, Selection, SelectionSet};
use async_graphql_value::Name;

use super::{Limits, within};
use crate::error::{Code, Error, Result};

/// A selection set with everything below it.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    selections: usize,
    /// Levels below, fragments counted.
    height: usize,
}

enum Fragment {
    /// Being measured: whoever meets it again has gone in a circle.
    Open,
    Measured(Size),
}

struct Measure<'a> {
    document: &'a ExecutableDocument,
    limits: &'a Limits,
    fragments: HashMap<&'a str, Fragment>,
}

/// The selections of all operations together; refuses fragments that spread themselves.
pub(super) fn selections(document: &ExecutableDocument, limits: &Limits) -> Result<usize> {
    let mut measure = Measure { document, limits, fragments: HashMap::new() };
    let mut total = 0_usize;
    for (_, operation) in document.operations.iter() {
        let size = measure.set(&operation.node.selection_set.node, 0)?;
        total = total.saturating_add(size.selections);
    }
    let mut names: Vec<_> = document.fragments.keys().map(Name::as_str).collect();
    names.sort_unstable();
    for name in names {
        measure.fragment(name, 0)?;
    }
    Ok(total)
}

impl<'a> Measure<'a> {
    fn set(&mut self, set: &'a SelectionSet, above: usize) -> Result<Size> {
        self.check_nesting(above)?;
        let mut size = Size::default();
        for item in &set.items {
            let below = match &item.node {
                Selection::Field(field) => self.set(&field.node.selection_set.node, above + 1)?,
                Selection::InlineFragment(inline) => {
                    self.set(&inline.node.selection_set.node, above + 1)?
                }
                Selection::FragmentSpread(spread) => {
                    self.fragment(spread.node.fragment_name.node.as_str(), above + 1)?
                }
            };
            size.selections = size.selections.saturating_add(below.selections).saturating_add(1);
            size.height = size.height.max(below.height + 1);
        }
        Ok(size)
    }

    fn fragment(&mut self, name: &'a str, above: usize) -> Result<Size> {
        match self.fragments.get(name) {
            Some(Fragment::Open) => {
                let message = format!("the fragment `{name}` spreads itself");
                return Err(Error::argument(Code::GraphqlValidationFailed, message));
            }
            Some(Fragment::Measured(size)) => {
                let size = *size;
                self.check_nesting(above + size.height)?;
                return Ok(size);
            }
            None => {}
        }
        let Some(fragment) = self.document.fragments.get(name) else {
            return Ok(Size::default());
        };
        self.fragments.insert(name, Fragment::Open);
        let size = self.set(&fragment.node.selection_set.node, above)?;
        self.fragments.insert(name, Fragment::Measured(size));
        Ok(size)
    }

    fn check_nesting(&self, levels: usize) -> Result<()> {
        let what = "levels of fields and fragments";
        within(Code::DepthLimitExceeded, what, levels, self.limits.nesting)
    }
}
