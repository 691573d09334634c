//! Files in pieces: whatever the pieces are, the bytes are those that were sent.

use std::ops::Range;

use bytes::Bytes;
use entity::id::JobId;
use futures_util::{StreamExt, TryStreamExt};
use pathbridge::{
    app::App,
    bulk::file::{self, PIECE, Part},
    error::Error,
};

use super::a_job;
use crate::support::both;

/// So many bytes, each different from its neighbours.
fn some(size: usize) -> Vec<u8> {
    (0..size).map(|at| u8::try_from(at % 251).unwrap()).collect()
}

async fn bytes(app: &App, job: JobId, part: Part, range: Range<u64>) -> Vec<u8> {
    let read: Vec<Bytes> = file::read(app, job, part, range).try_collect().await.unwrap();
    assert!(read.iter().all(|piece| !piece.is_empty() && piece.len() <= PIECE));
    read.concat()
}

both! {
    async fn a_file_is_what_was_sent_whatever_the_pieces(app: TestApp) {
        let job = a_job(&app).await;
        let app = &app.app;
        let sent = some(2 * PIECE + 70_000);
        let connection = app.db.writer();
        let mut at = 0;
        for size in [1, 9, 65_000, 0, PIECE - 3, PIECE + 20_000, usize::MAX] {
            let end = at + size.min(sent.len() - at);
            let length = file::append(connection, job, Part::Upload, at as u64, &sent[at..end]);
            assert_eq!(length.await.unwrap(), end as u64);
            at = end;
        }
        let whole = sent.len() as u64;
        assert_eq!(file::length(connection, job, Part::Upload).await.unwrap(), whole);
        assert_eq!(bytes(app, job, Part::Upload, 0..whole).await, sent);
        let edge = PIECE as u64;
        for range in [0..1, 9..10, 5..65_020, edge - 1..edge + 1, whole - 1..whole, 7..7] {
            let [from, to] = [range.start, range.end].map(|at| usize::try_from(at).unwrap());
            assert_eq!(bytes(app, job, Part::Upload, range).await, &sent[from..to]);
        }
    }

    async fn bytes_that_are_sent_again_change_nothing_and_a_hole_is_not_made(app: TestApp) {
        let job = a_job(&app).await;
        let app = &app.app;
        let connection = app.db.writer();
        let sent = some(1_000);
        let append = |at: usize, end: usize| {
            file::append(connection, job, Part::Result, at as u64, &sent[at..end])
        };
        assert_eq!(append(0, 400).await.unwrap(), 400);
        assert_eq!(append(0, 400).await.unwrap(), 400);
        assert_eq!(append(100, 300).await.unwrap(), 400);
        assert_eq!(append(401, 500).await.unwrap(), 400, "a hole");
        assert_eq!(append(350, 1_000).await.unwrap(), 1_000);
        assert_eq!(bytes(app, job, Part::Result, 0..1_000).await, sent);
    }

    async fn files_of_other_jobs_and_parts_are_others(app: TestApp) {
        let jobs = [a_job(&app).await, a_job(&app).await];
        let app = &app.app;
        let connection = app.db.writer();
        for (at, job) in jobs.into_iter().enumerate() {
            for (from, part) in [Part::Upload, Part::Result, Part::Rejected].into_iter().enumerate() {
                let bytes = [u8::try_from(10 * at + from).unwrap(); 8];
                file::append(connection, job, part, 0, &bytes).await.unwrap();
            }
        }
        file::forget(connection, jobs[0], Part::Result).await.unwrap();
        assert_eq!(file::length(connection, jobs[0], Part::Result).await.unwrap(), 0);
        assert_eq!(bytes(app, jobs[0], Part::Rejected, 0..8).await, [2; 8]);
        assert_eq!(bytes(app, jobs[1], Part::Result, 0..8).await, [11; 8]);
        let mut gone = Box::pin(file::read(app, jobs[0], Part::Result, 0..8));
        assert!(matches!(gone.next().await, Some(Err(Error::Internal(_)))));
        assert!(gone.next().await.is_none());
    }
}
