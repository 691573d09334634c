//! `pathbridge schema`: the schema as it is served, for code generators and for `schema.graphql`.

use super::output;

/// Prints the SDL.
pub fn run() -> anyhow::Result<()> {
    Ok(output::write(&pathbridge::schema::sdl())?)
}
