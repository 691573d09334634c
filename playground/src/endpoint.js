// Where operations go, and how the caller is named on each of them.
import { currentToken } from './session.js'

const GRAPHQL = '/graphql'

async function read(response) {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    const said = text.trim().slice(0, 500) || response.statusText
    return { errors: [{ message: `The server answered ${response.status}: ${said}` }] }
  }
}

async function execute({ query, variables, operationName }, headers = {}) {
  const token = await currentToken()
  const response = await fetch(GRAPHQL, {
    method: 'POST',
    cache: 'no-store',
    credentials: 'omit',
    headers: {
      Accept: 'application/graphql-response+json',
      'Content-Type': 'application/json',
      ...(token && { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables, operationName: operationName ?? undefined }),
  })
  return read(response)
}

export const Endpoint = {
  execute,
  // Every generation of the session gets a function of its own: its identity is what GraphiQL watches.
  fetcher: (_generation) => (request, options) => execute(request, options?.headers),
}
