// The example operations: one file each, in the order of their file names.
//
// The comment at the head of a file carries what the page and the tests need:
//   # The title, on the first line
//   # $name: { an operation }     the first leaf of its answer becomes the variable's value
// so that an example runs as it stands on whatever data the caller may see.
import { Endpoint } from './endpoint.js'

const FILES = import.meta.glob('./examples/*.graphql', { query: '?raw', import: 'default', eager: true })
const SOURCE_OF_VARIABLE = /^#[ \t]*\$(\w+):[ \t]*(.+)$/gm

function parse([path, source]) {
  return {
    name: path.replace(/^.*\/(.*)\.graphql$/, '$1'),
    title: source.split('\n', 1)[0].replace(/^#\s*/, ''),
    source,
    needs: [...source.matchAll(SOURCE_OF_VARIABLE)].map(([, variable, query]) => ({ variable, query })),
  }
}

export const EXAMPLES = Object.entries(FILES)
  .sort(([a], [b]) => a.localeCompare(b))
  .map(parse)

function firstLeaf(value) {
  if (value === null || typeof value !== 'object') return value
  for (const inner of Object.values(value)) {
    const leaf = firstLeaf(inner)
    if (leaf !== undefined && leaf !== null) return leaf
  }
  return undefined
}

// The variables of an example, read from the API; what cannot be read is left as an empty string.
export async function variablesOf({ needs }) {
  const found = await Promise.all(
    needs.map(async ({ variable, query }) => {
      const { data } = await Endpoint.execute({ query }).catch(() => ({}))
      return [variable, firstLeaf(data ?? null) ?? '']
    }),
  )
  return Object.fromEntries(found)
}
