//! Data by the hundred thousand rows: its files and its jobs.

mod files;
