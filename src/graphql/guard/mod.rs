//! What a document may cost before anybody looks at what it means.
//!
//! Parsers and validators recurse, and fragments multiply: thirty fragments that each spread the
//! next one twice stand for a billion fields. So the text is measured before it is parsed, and the
//! parsed document is measured before it is validated. The first measure of a document counts each
//! fragment once and adds up, so it takes time in proportion to the text; only a document that is
//! small with all its fragments spread out is then walked in full.

pub(super) mod lexer;
mod size;
mod tally;
#[cfg(test)]
mod tests;

use async_graphql_parser::types::ExecutableDocument;

use crate::error::{Code, Error, Result};

/// The longest and widest a document may be.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of the document's text.
    pub text_bytes: usize,
    /// Lexical tokens of the text; commas, white space and comments are none.
    pub tokens: usize,
    /// Brackets of any kind that are open at the same time.
    pub brackets: usize,
    /// Fields and fragments, one inside the other.
    pub nesting: usize,
    /// Fields, one inside the other.
    pub depth: usize,
    /// Fields inside `__schema` or `__type`, counted with these; the usual introspection query
    /// of the IDEs needs fifteen.
    pub introspection_depth: usize,
    /// Aliases of one operation, counted once per place where their fragment is spread.
    pub aliases: usize,
    /// Fields on the root of one operation.
    pub root_fields: usize,
    /// Times that one response key may occur in one selection set.
    pub repeats: usize,
    /// Directives in the whole document.
    pub directives: usize,
    /// Fragment definitions.
    pub fragments: usize,
    /// Fields and fragments that remain when every spread is replaced by what it stands for.
    pub selections: usize,
    /// Points that one operation may cost; see [`check::Cost`](super::check::Cost).
    pub cost: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            text_bytes: 256 * 1024,
            tokens: 10_000,
            brackets: 200,
            nesting: 60,
            depth: 12,
            introspection_depth: 20,
            aliases: 30,
            root_fields: 20,
            repeats: 100,
            directives: 20,
            fragments: 50,
            selections: 20_000,
            cost: 5_000,
        }
    }
}

impl Limits {
    /// Refuses a text that is not worth parsing.
    pub fn check_text(&self, text: &str) -> Result<()> {
        within(Code::DocumentSizeExceeded, "bytes", text.len(), self.text_bytes)?;
        let read = lexer::read(text, self.tokens, self.brackets);
        within(Code::TokenLimitExceeded, "tokens", read.tokens, self.tokens)?;
        within(Code::DepthLimitExceeded, "levels of brackets", read.brackets, self.brackets)
    }

    /// Refuses a document that is not worth validating.
    pub fn check_document(&self, document: &ExecutableDocument) -> Result<()> {
        let fragments = document.fragments.len();
        within(Code::FragmentLimitExceeded, "fragments", fragments, self.fragments)?;
        let directives = tally::directives(document);
        within(Code::DirectiveLimitExceeded, "directives", directives, self.directives)?;
        let selections = size::selections(document, self)?;
        let what = "selections when its fragments are spread out";
        within(Code::FragmentLimitExceeded, what, selections, self.selections)?;
        for (_, operation) in document.operations.iter() {
            self.check_tally(&tally::operation(document, &operation.node))?;
        }
        Ok(())
    }

    fn check_tally(&self, tally: &tally::Tally<'_>) -> Result<()> {
        let introspection = self.introspection_depth;
        within(Code::DepthLimitExceeded, "levels of fields", tally.depth, self.depth)?;
        let what = "levels of introspection fields";
        within(Code::DepthLimitExceeded, what, tally.introspection_depth, introspection)?;
        within(Code::AliasLimitExceeded, "aliases", tally.aliases, self.aliases)?;
        within(Code::RootFieldLimitExceeded, "root fields", tally.root_fields, self.root_fields)?;
        let (key, repeats) = tally.repeats;
        let what = format!("occurrences of `{key}` in one selection set");
        within(Code::RepeatLimitExceeded, &what, repeats, self.repeats)
    }
}

fn within(code: Code, what: &str, number: usize, maximum: usize) -> Result<()> {
    if number <= maximum {
        return Ok(());
    }
    let message = format!("the document has {number} {what} or more; the maximum is {maximum}");
    Err(Error::argument(code, message))
}
