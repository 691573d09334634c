//! What the library's edges take.

use async_graphql::registry::{MetaInputValue, Registry};
use pathbridge::{
    error::Result,
    graphql::object::{Arguments, Cx, Picked, declared, declared_or},
};

use super::super::{Kind, Wish};

pub struct Which(pub i32);

impl Arguments for Which {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![declared_or(registry, "id", "Which one.", &1)]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        picked.argument_or(cx, "id", 1).map(Self)
    }
}

pub struct First(pub Option<i32>);

impl Arguments for First {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![declared::<Option<i32>>(registry, "first", "So many.")]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        picked.argument(cx, "first").map(Self)
    }
}

pub struct Size(pub i32);

impl Arguments for Size {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![declared_or(registry, "first", "So many.", &2)]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        picked.argument_or(cx, "first", 2).map(Self)
    }
}

pub struct Chosen {
    pub kind: Option<Kind>,
    pub ids: Option<Vec<i32>>,
}

impl Arguments for Chosen {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![
            declared::<Option<Kind>>(registry, "kind", "Only these."),
            declared::<Option<Vec<i32>>>(registry, "ids", "Only those."),
        ]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        Ok(Self { kind: picked.argument(cx, "kind")?, ids: picked.argument(cx, "ids")? })
    }
}

pub struct Places(pub Vec<i32>);

impl Arguments for Places {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![declared::<Vec<i32>>(registry, "ids", "The places.")]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        picked.argument(cx, "ids").map(Self)
    }
}

pub struct Wished {
    pub longer_than: Option<i32>,
    pub wish: Option<Wish>,
}

impl Arguments for Wished {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![
            declared_or(registry, "longerThan", "Only longer ones.", &Some(20)),
            declared::<Option<Wish>>(registry, "wish", "Only wished ones."),
        ]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        Ok(Self {
            longer_than: picked.argument_or(cx, "longerThan", Some(20))?,
            wish: picked.argument(cx, "wish")?,
        })
    }
}
