//! Filling PostgreSQL: COPY without the indexes, then the indexes.

use std::{pin::pin, time::Instant};

use anyhow::Context;
use futures_util::SinkExt;
use tokio_postgres::{Client, NoTls};

use super::{cell::Cell, size::Size, table::Table};

/// How many bytes are sent at once.
const CHUNK: usize = 256 * 1024;

pub(super) async fn fill(url: &str, size: &Size, tables: &[Table]) -> anyhow::Result<()> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    let speaking = tokio::spawn(connection);
    // Keys to other tables are right by construction; checking each would double the time.
    client.batch_execute("SET session_replication_role = replica").await?;
    client.batch_execute("SET maintenance_work_mem = '256MB'").await?;
    for table in tables {
        let begin = Instant::now();
        let indexes = drop_indexes(&client, table.name).await?;
        copy(&client, size, table).await.with_context(|| format!("filling {}", table.name))?;
        for index in &indexes {
            client.batch_execute(index).await?;
        }
        let seconds = begin.elapsed().as_secs_f32();
        eprintln!("bench: {:>9} rows of {} in {seconds:.1} s", table.rows, table.name);
    }
    client.batch_execute(super::IN_FORCE).await?;
    client.batch_execute("VACUUM (ANALYZE)").await?;
    client.batch_execute("CHECKPOINT").await?;
    drop(client);
    Ok(speaking.await??)
}

/// Drops what only speeds up reading; answers how to make it again.
async fn drop_indexes(client: &Client, table: &str) -> anyhow::Result<Vec<String>> {
    let sql = "SELECT indexname::text, indexdef FROM pg_indexes \
               WHERE schemaname = 'public' AND tablename = $1 AND indexname LIKE 'ix\\_%'";
    let mut made = Vec::new();
    for row in client.query(sql, &[&table]).await? {
        client.batch_execute(&format!("DROP INDEX \"{}\"", row.get::<_, &str>(0))).await?;
        made.push(row.get(1));
    }
    Ok(made)
}

async fn copy(client: &Client, size: &Size, table: &Table) -> anyhow::Result<()> {
    let columns = table.all_columns().join(", ");
    let sql = format!("COPY {} ({columns}) FROM STDIN", table.name);
    let mut sink = pin!(client.copy_in::<_, std::io::Cursor<Vec<u8>>>(&sql).await?);
    let mut chunk = Vec::with_capacity(CHUNK + 1024);
    for n in 0..table.rows {
        line(&mut chunk, &table.cells(size, n));
        if chunk.len() >= CHUNK {
            sink.send(std::io::Cursor::new(std::mem::take(&mut chunk))).await?;
        }
    }
    sink.send(std::io::Cursor::new(chunk)).await?;
    sink.finish().await?;
    Ok(())
}

/// A line of COPY; none of our values holds a tab, a line end or a backslash.
fn line(out: &mut Vec<u8>, cells: &[Cell]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push(b'\t');
        }
        let text = cell.text();
        out.extend_from_slice(text.as_deref().unwrap_or("\\N").as_bytes());
    }
    out.push(b'\n');
}
