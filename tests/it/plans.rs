//! Nothing big is ever read from end to end: whatever a list is filtered by, sorted by or reached
//! through, an index leads to its rows.
//!
//! Every table has 100,000 rows here, those that stay small in life too, so that no filter and no
//! sort escapes for want of rows; they are spread over tenants as in production: a district has a
//! tenth of them, the busiest partner a two-hundredth. The printed schema says what can be asked, and all
//! of it is asked, over HTTP, as any client asks. What the server then says to its database is
//! heard, and each such statement is explained by that database, with the same values.

mod caller;
mod explain;
mod questions;

use pathbridge::{auth::Tenant, reference::service::catalogue};

use crate::support::{
    both,
    crowd::{Crowd, Scale},
    shape::Shape,
};
use caller::Asking;
use explain::Plans;

both! {
    async fn nothing_big_is_read_from_end_to_end(test: TestApp) {
        let crowd = Crowd::gather(&test, Scale::LARGE).await;
        let shape = Shape::read();
        crowd.analyze().await;
        let mut plans = Plans::new(&test).await;
        for (name, tenant) in [
            ("a district", Tenant::District(Crowd::district(0))),
            ("a partner", Tenant::Partner(Crowd::partner(0))),
        ] {
            let actor = test.client(tenant).await;
            crowd.hand_jobs_to(&actor).await;
            crowd.analyze().await;
            // A release of reference data is read whole, once for each process.
            catalogue::current(&test.app).await.expect("a catalogue");
            Asking::new(&test, &shape, name, actor).await.ask_everything(&mut plans).await;
        }
        plans.judge();
    }
}
