//! A small schema for the tests of the static checks.

use super::model::Model;

pub(super) const SDL: &str = r#"
directive @scope(requires: String!) on FIELD_DEFINITION | OBJECT
directive @cost(weight: Int!) on FIELD_DEFINITION
directive @listSize(slicingArguments: [String!], assumedSize: Int) on FIELD_DEFINITION
schema { query: Query mutation: Mutation }
scalar Date
interface Node { id: ID! }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type Count { value: Int! precision: String! }
type Student implements Node @scope(requires: "students:read") {
  id: ID!
  name: String
  score: Int @cost(weight: 3)
  guardians: [Guardian!] @scope(requires: "guardians:read")
  tags: [Tag!] @cost(weight: 1)
  subjects: [Tag!] @listSize(assumedSize: 4)
  placements(first: Int, last: Int): PlacementConnection
    @listSize(slicingArguments: ["first", "last"])
}
type Tag { text: String! }
type Guardian @scope(requires: "guardians:read") { name: String }
type StudentEdge { cursor: String! node: Student! }
type StudentConnection {
  nodes: [Student!]! edges: [StudentEdge!]! pageInfo: PageInfo! totalCount: Count!
}
type Placement implements Node @scope(requires: "placements:read") {
  id: ID! hours: Int student: Student
}
type PlacementConnection { nodes: [Placement!]! pageInfo: PageInfo! totalCount: Count! }
enum Grade { NINE TEN }
input StudentKey @oneOf { id: ID code: String }
input StudentInput {
  name: String! grade: Grade = NINE born: Date scores: [Int!] friend: StudentInput key: StudentKey
}
type StudentPayload { student: Student }
type Query {
  student(id: ID!): Student @scope(requires: "students:read")
  students(first: Int, last: Int, after: String): StudentConnection!
    @scope(requires: "students:read") @listSize(slicingArguments: ["first", "last"])
  nodes(ids: [ID!]!): [Node]! @scope(requires: "any") @listSize(slicingArguments: ["ids"])
  node(id: ID!): Node @scope(requires: "any")
  viewer: Tag @scope(requires: "any")
  echo(text: String, input: StudentInput): String @scope(requires: "any")
  forgotten: String
}
type Mutation {
  studentUpsert(input: [StudentInput!]!): StudentPayload! @scope(requires: "students:write")
  studentRemove(id: ID!): StudentPayload! @scope(requires: "students:write") @cost(weight: 5)
}
"#;

pub(super) fn model() -> Model {
    Model::parse(SDL).expect("the toy schema is a schema")
}
