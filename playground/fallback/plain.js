// The plain query page: a token from /oauth/token, one operation to /graphql, the answer as it came.
const part = (name) => document.getElementById(`pb-${name}`)

function tell(phase, text) {
  part('token-status').dataset.state = phase
  part('token-status').textContent = text
}

async function signIn(event) {
  event.preventDefault()
  const [id, secret] = ['client-id', 'client-secret'].map((name) => encodeURIComponent(part(name).value.trim()))
  tell('busy', 'Asking for a token …')
  try {
    const response = await fetch('/oauth/token', {
      method: 'POST',
      cache: 'no-store',
      credentials: 'omit',
      headers: { Accept: 'application/json', Authorization: `Basic ${btoa(`${id}:${secret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    })
    const answer = await response.json().catch(() => ({}))
    if (!response.ok || !answer.access_token) throw new Error(answer.error ?? `HTTP ${response.status}`)
    part('token').value = answer.access_token
    tell('ready', answer.expires_in ? `Token valid for ${Math.round(answer.expires_in / 60)} minutes` : 'Token set')
  } catch (error) {
    tell('error', `No token: ${error.message}`)
  }
}

function adopt() {
  const given = part('token').value.trim() !== ''
  tell(given ? 'ready' : 'none', given ? 'Token set' : 'No token yet')
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

async function run(event) {
  event.preventDefault()
  const token = part('token').value.trim()
  const variables = part('variables').value.trim()
  part('result').textContent = '…'
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      cache: 'no-store',
      credentials: 'omit',
      headers: {
        Accept: 'application/graphql-response+json',
        'Content-Type': 'application/json',
        ...(token && { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query: part('query').value, variables: variables ? JSON.parse(variables) : undefined }),
    })
    part('result').textContent = pretty(await response.text()) || `${response.status} ${response.statusText}`
  } catch (error) {
    part('result').textContent = `Not sent: ${error.message}`
  }
}

part('sign-in').addEventListener('submit', signIn)
part('token').addEventListener('change', adopt)
part('operation').addEventListener('submit', run)
