//! The one integration binary: each file tells what one part of the house promises.

// `cfg(test)` tells clippy that everything below is test code, functions of support included.
#[cfg(test)]
mod architecture;
#[cfg(test)]
mod errors;
