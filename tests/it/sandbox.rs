//! Sandboxes: made, used, reset and thrown away, and never seen from anywhere else.

mod end;
mod making;
mod reset;
mod tables;
mod walls;
mod work;
mod world;
