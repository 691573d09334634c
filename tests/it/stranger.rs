//! What a stranger meets: the demo from its one command, the README's tour, the playground in a
//! browser, and each of its examples.

mod demo;
mod examples;
mod playground;
mod readme;
