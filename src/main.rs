//! The command line.

fn main() {
    print!("{}", pathbridge::schema::sdl());
}
