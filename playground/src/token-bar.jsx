import { useState } from 'react'
import { adoptToken, signIn, useSession } from './session.js'

function describe({ phase, token, expiresAt, problem }) {
  if (phase === 'busy') return 'Asking for a token …'
  if (phase === 'error') return `No token: ${problem}`
  if (!token) return 'No token yet'
  return expiresAt === null ? 'Token set' : `Token valid until ${new Date(expiresAt).toLocaleTimeString()}`
}

export function TokenBar() {
  const session = useSession()
  const [id, setId] = useState('')
  const [secret, setSecret] = useState('')
  // What is being typed into the token field; null while the field shows the session's own token.
  const [draft, setDraft] = useState(null)

  const submit = (event) => {
    event.preventDefault()
    setDraft(null)
    signIn(id, secret)
  }
  const adopt = () => {
    if (draft !== null && draft !== session.token) adoptToken(draft)
    setDraft(null)
  }

  return (
    <form className="pb-token-bar" onSubmit={submit} autoComplete="off">
      <label>
        Client id
        <input id="pb-client-id" value={id} onChange={(e) => setId(e.target.value)} spellCheck={false} />
      </label>
      <label>
        Client secret
        <input
          id="pb-client-secret"
          type="password"
          autoComplete="off"
          value={secret}
          onChange={(e) => setSecret(e.target.value)}
        />
      </label>
      <button id="pb-get-token" type="submit" disabled={!id || !secret || session.phase === 'busy'}>
        Get token
      </button>
      <label>
        or a token
        <input
          id="pb-token"
          placeholder="paste an access token"
          value={draft ?? session.token}
          onChange={(e) => setDraft(e.target.value)}
          onBlur={adopt}
          onKeyDown={(e) => {
            if (e.key !== 'Enter') return
            e.preventDefault()
            adopt()
          }}
          spellCheck={false}
        />
      </label>
      <output id="pb-token-status" data-state={session.phase} title={describe(session)}>
        {describe(session)}
      </output>
    </form>
  )
}
