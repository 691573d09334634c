//! The same rows by file: the very input, service and rules of a type's `…BulkUpsert`.

use std::sync::Arc;

use async_graphql::{ID, InputType, Pos};
use async_graphql_parser::types::{BaseType, Type};
use futures_util::future::BoxFuture;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
    sea_query::{Alias, Expr, ExprTrait, SelectStatement},
};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{Home, Read};
use crate::{
    auth::{Caller, Scope},
    error::{Problem, ProblemCode, Result, plain_words},
    graphql::{
        bulk::camel,
        model::{Input, Kind, Model, named},
        variables,
    },
    store::{
        self, Column, ErrorPolicy, Intake, Landed, Outcome, RowOutcome, Shape, Synced, Wanted,
        Write, visible,
    },
    typeid,
};

/// A type whose rows also come by file.
pub trait ByFile: Send + Sync + 'static {
    /// What writing them takes.
    fn scope(&self) -> Scope;

    /// Refuses a caller who may not write at the home that it names.
    fn check(&self, caller: &Caller, named: Option<&ID>) -> Result<()>;

    /// The same with the schema at hand, which says what an input looks like.
    fn with(&'static self, model: Arc<Model>) -> Arc<dyn Intake>;
}

/// How the rows of a type are read: `R` is the input of its bulk mutation, `H` their home.
pub struct Rows<E: Synced, H, R> {
    input: &'static str,
    scope: Scope,
    wanted: fn(R, H) -> Read<Wanted<E::Draft>>,
}

impl<E: Synced, H, R> Rows<E, H, R> {
    /// The rows of an input of this name.
    pub const fn new(
        input: &'static str,
        scope: Scope,
        wanted: fn(R, H) -> Read<Wanted<E::Draft>>,
    ) -> Self {
        Self { input, scope, wanted }
    }
}

impl<E, H, R> ByFile for Rows<E, H, R>
where
    E: Synced<Model: Sync + Send>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send + Sync,
    H: Home + 'static,
    R: InputType + 'static,
{
    fn scope(&self) -> Scope {
        self.scope
    }

    fn check(&self, caller: &Caller, named: Option<&ID>) -> Result<()> {
        H::of(caller, named)?.keys().map(drop)
    }

    fn with(&'static self, model: Arc<Model>) -> Arc<dyn Intake> {
        Arc::new(Known { rows: self, model })
    }
}

/// Rows whose form is known.
struct Known<E: Synced, H: 'static, R: 'static> {
    rows: &'static Rows<E, H, R>,
    model: Arc<Model>,
}

impl<E: Synced, H: Home, R: InputType> Known<E, H, R> {
    /// The row for the store, or everything that is wrong with its form.
    fn read(&self, row: Json, home: H) -> Read<Wanted<E::Draft>> {
        let value = variables::input(&self.model, self.rows.input, row);
        let value = value.map_err(|problem| vec![problem])?;
        let input = R::parse(Some(value)).map_err(|error| {
            let message = error.into_server_error(Pos::default()).message;
            vec![Problem::field(ProblemCode::InvalidFormat, "", plain_words(&message))]
        })?;
        (self.rows.wanted)(input, home)
    }

    fn input(&self) -> Option<&Input> {
        input_of(&self.model, self.rows.input)
    }

    /// The name of the field that holds the row, and the value of its status that takes it out of
    /// use.
    fn status(&self) -> Option<(&str, &'static str)> {
        self.input()?.fields.iter().find_map(|field| {
            let fields = &input_of(&self.model, named(&field.ty))?.fields;
            let status = fields.iter().find(|field| field.name == "status")?;
            match named(&status.ty) {
                "PersonStatus" => Some((field.name.as_str(), "INACTIVE")),
                "RecordStatus" => Some((field.name.as_str(), "RETIRED")),
                _ => None,
            }
        })
    }
}

impl<E, H, R> Intake for Known<E, H, R>
where
    E: Synced<Model: Sync + Send>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send + Sync,
    H: Home + 'static,
    R: InputType + 'static,
{
    fn kind(&self) -> &'static str {
        E::KIND
    }

    fn scope(&self) -> Scope {
        self.rows.scope
    }

    fn keys(&self, caller: &Caller, home: Option<&str>) -> Result<Uuid> {
        H::of(caller, home.map(ID::from).as_ref())?.keys()
    }

    fn columns(&self, names: &[&str]) -> Vec<Option<Column>> {
        let column = |name: &&str| {
            let path: Vec<String> = name.split('.').map(str::to_owned).collect();
            let shape = shape_at(&self.model, self.rows.input, &path)?;
            let first = self.input()?.fields.iter().find(|field| field.name == path[0])?;
            Some(Column { is_needed: first.is_required(), path, shape })
        };
        names.iter().map(column).collect()
    }

    fn write<'w>(
        &'w self,
        write: &'w Write<'w>,
        home: Option<&'w str>,
        rows: Vec<Json>,
    ) -> BoxFuture<'w, Result<Vec<Landed>>> {
        Box::pin(async move {
            let home = H::of(write.caller, home.map(ID::from).as_ref())?;
            let keys = home.keys()?;
            let read = rows.into_iter().map(|row| self.read(row, home));
            let (mut batch, mut refused) = (Vec::new(), Vec::new());
            for row in read {
                refused.push(row.map(|row| batch.push(row)).err());
            }
            let policy = ErrorPolicy::RejectFailedRows;
            let written = store::upsert::<E>(write, keys, &batch, policy).await?;
            let mut written = written.into_iter().map(landed::<E>);
            let one = |refused: Option<Vec<Problem>>| match refused {
                Some(problems) => Some(refusal(problems)),
                None => written.next(),
            };
            Ok(refused.into_iter().filter_map(one).collect())
        })
    }

    fn retired(&self, id: Uuid) -> Option<Json> {
        let (field, status) = self.status()?;
        let key = json!({ "id": typeid::with_prefix(E::KIND, id) });
        Some(json!({ "key": key, field: { "status": status } }))
    }

    fn count_in_use<'w>(
        &'w self,
        write: &'w Write<'w>,
        keys: SelectStatement,
    ) -> BoxFuture<'w, Result<u64>> {
        Box::pin(async move { Ok(in_use::<E>(write, keys).count(&write.tx).await?) })
    }

    fn next_in_use<'w>(
        &'w self,
        write: &'w Write<'w>,
        keys: SelectStatement,
        after: Uuid,
        most: u64,
    ) -> BoxFuture<'w, Result<Vec<Uuid>>> {
        Box::pin(async move {
            let next = in_use::<E>(write, keys)
                .filter(E::id_column().gt(after))
                .order_by_asc(E::id_column())
                .limit(most);
            Ok(next.all(&write.tx).await?.iter().map(E::id).collect())
        })
    }
}

/// Rows that are retired have a column `status`.
fn in_use<E: Synced>(write: &Write<'_>, keys: SelectStatement) -> Select<E> {
    visible::<E>(write.caller)
        .filter(Expr::col(Alias::new("status")).eq("ACTIVE"))
        .filter(E::id_column().in_subquery(keys))
}

fn landed<E: Synced>(row: RowOutcome<E::Model>) -> Landed {
    let id = row.row.as_ref().map(|row| typeid::with_prefix(E::KIND, E::id(row)));
    Landed { outcome: row.outcome, id, problems: spelled(row.problems) }
}

fn refusal(problems: Vec<Problem>) -> Landed {
    Landed { outcome: Outcome::Rejected, id: None, problems: spelled(problems) }
}

/// The same problems with paths as the schema spells them.
fn spelled(mut problems: Vec<Problem>) -> Vec<Problem> {
    for problem in &mut problems {
        problem.path.iter_mut().for_each(|step| *step = camel(step));
    }
    problems
}

fn input_of<'m>(model: &'m Model, name: &str) -> Option<&'m Input> {
    match model.kind(name)? {
        Kind::Input(input) => Some(input),
        _ => None,
    }
}

/// What stands at the end of a path into an input; nothing when it leads nowhere.
fn shape_at(model: &Model, input: &str, path: &[String]) -> Option<Shape> {
    let (first, rest) = path.split_first()?;
    let field = input_of(model, input)?.fields.iter().find(|field| field.name == *first)?;
    match &field.ty.base {
        _ if rest.is_empty() => Some(shape(model, &field.ty)),
        BaseType::Named(name) => shape_at(model, name, rest),
        BaseType::List(_) => None,
    }
}

fn shape(model: &Model, ty: &Type) -> Shape {
    match &ty.base {
        BaseType::List(item) => match shape(model, item) {
            plain @ (Shape::Text | Shape::Number | Shape::Boolean) => Shape::List(Box::new(plain)),
            Shape::List(_) | Shape::Json => Shape::Json,
        },
        BaseType::Named(name) => match (name.as_str(), model.kind(name)) {
            ("Int" | "Float", _) => Shape::Number,
            ("Boolean", _) => Shape::Boolean,
            (_, Some(Kind::Input(_))) => Shape::Json,
            _ => Shape::Text,
        },
    }
}
