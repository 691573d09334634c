//! Scalars that take a statement to know.

use std::sync::Arc;

use async_graphql::OutputType;
use futures_util::future::BoxFuture;

use super::{
    Declaration, FieldDeclaration, Object, Parents, Slots,
    declare::{How, Load},
    edge::failed,
};
use crate::{app::App, error::Result, graphql::leaf::Leaf};

impl<T: Object> Declaration<T> {
    /// A scalar of the row that takes the settings of this server to tell, as an address does.
    pub fn derived<L: Leaf<Type: 'static> + 'static>(
        &mut self,
        name: &'static str,
        read: fn(&App, &T::Row) -> L,
        description: &str,
    ) -> &mut FieldDeclaration<T> {
        let how = How::Edge(Box::new(move |parents| {
            Box::pin(async move {
                let Parents { cx, picked, trail, rows } = parents;
                let app = cx.app().map_err(Arc::new);
                let mut slots = Slots::with_capacity(rows.len());
                for (at, row) in rows.iter().enumerate() {
                    match &app {
                        Ok(app) => slots.write(|out| {
                            read(app, row).write(out);
                            Ok(())
                        }),
                        Err(error) => slots.push(Err(failed(error, picked, trail, at))),
                    }
                }
                slots
            })
        }));
        self.add(name, description, Box::new(L::Type::create_type_info), |_| Vec::new(), how)
    }

    /// A scalar of the object's only row that is asked for, not read from the row.
    pub fn value<L: Leaf<Type: 'static> + Send + 'static>(
        &mut self,
        name: &'static str,
        load: impl for<'x> Fn(&'x Parents<'x, T>) -> BoxFuture<'x, Result<L>> + Load,
        description: &str,
    ) -> &mut FieldDeclaration<T> {
        let load = Arc::new(load);
        let how = How::Edge(Box::new(move |parents| {
            let load = load.clone();
            Box::pin(async move {
                let loaded = load(&parents).await;
                let Parents { picked, trail, rows, .. } = parents;
                let mut slots = Slots::with_capacity(rows.len());
                match loaded {
                    Ok(leaf) => slots.write(|out| {
                        leaf.write(out);
                        Ok(())
                    }),
                    Err(error) => slots.push(Err(failed(&Arc::new(error), picked, trail, 0))),
                }
                slots
            })
        }));
        self.add(name, description, Box::new(L::Type::create_type_info), |_| Vec::new(), how)
    }
}
