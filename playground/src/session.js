// Who is calling: an access token, and the client it was asked for.
//
// The token outlives a reload of this tab (sessionStorage); the client's secret never leaves memory,
// where it serves to renew the token shortly before its ten minutes are over.
import { useSyncExternalStore } from 'react'

const TOKEN_URL = '/oauth/token'
const STORED = 'pathbridge.token'
const RENEW_BEFORE_MS = 20_000

const listeners = new Set()
let client = null
let renewal = null
let state = restore()

function restore() {
  const token = sessionStorage.getItem(STORED) ?? ''
  const expiresAt = expiryOf(token)
  const usable = token && (expiresAt === null || expiresAt > Date.now())
  return usable
    ? { token, expiresAt, phase: 'ready', problem: '', generation: 0 }
    : { token: '', expiresAt: null, phase: 'none', problem: '', generation: 0 }
}

// The `exp` of a JWT; null for a token that does not tell.
function expiryOf(token) {
  try {
    const claims = JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')))
    return typeof claims.exp === 'number' ? claims.exp * 1000 : null
  } catch {
    return null
  }
}

function update(change) {
  state = { ...state, ...change }
  if (state.token) sessionStorage.setItem(STORED, state.token)
  else sessionStorage.removeItem(STORED)
  for (const listener of listeners) listener()
}

// RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
function basic({ id, secret }) {
  return `Basic ${btoa(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}`
}

async function ask(credentials) {
  const response = await fetch(TOKEN_URL, {
    method: 'POST',
    cache: 'no-store',
    credentials: 'omit',
    headers: { Accept: 'application/json', Authorization: basic(credentials) },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  const answer = await response.json().catch(() => ({}))
  if (!response.ok || !answer.access_token) {
    throw new Error([answer.error ?? `HTTP ${response.status}`, answer.error_description].filter(Boolean).join(': '))
  }
  const lifetime = answer.expires_in ? Date.now() + answer.expires_in * 1000 : null
  return { token: answer.access_token, expiresAt: lifetime ?? expiryOf(answer.access_token) }
}

// Asks for a token as this client; from then on every request carries it.
export async function signIn(id, secret) {
  const credentials = { id: id.trim(), secret: secret.trim() }
  update({ phase: 'busy', problem: '' })
  try {
    const granted = await ask(credentials)
    client = credentials
    update({ ...granted, phase: 'ready', generation: state.generation + 1 })
  } catch (error) {
    update({ phase: 'error', problem: error.message })
  }
}

// Takes a token that was obtained elsewhere; an empty one signs out.
export function adoptToken(text) {
  const token = text.trim().replace(/^bearer\s+/i, '')
  client = null
  update({
    token,
    expiresAt: expiryOf(token),
    phase: token ? 'ready' : 'none',
    problem: '',
    generation: state.generation + 1,
  })
}

// The token for the next request, renewed when it is about to end and we know the client.
export async function currentToken() {
  const ending = state.expiresAt !== null && state.expiresAt - Date.now() < RENEW_BEFORE_MS
  if (client && ending) {
    renewal ??= ask(client)
      .then((granted) => update({ ...granted, phase: 'ready', problem: '' }))
      .catch((error) => update({ phase: 'error', problem: error.message }))
      .finally(() => (renewal = null))
    await renewal
  }
  return state.token
}

function subscribe(listener) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useSession() {
  return useSyncExternalStore(subscribe, () => state)
}
