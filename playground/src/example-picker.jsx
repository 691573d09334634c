import { useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { parse } from 'graphql'
import { useEffect, useRef, useState } from 'react'
import { EXAMPLES, variablesOf } from './examples.js'
import { useSession } from './session.js'

function isOurs(text) {
  return !text.trim() || EXAMPLES.some(({ source }) => source === text)
}

// GraphiQL learns of a new document a moment after the editor does; told at once, a click on Run
// in that moment names the operation that is on the screen.
function factsOf(source) {
  const documentAST = parse(source)
  const operations = documentAST.definitions
  return { documentAST, operations, operationName: operations[0].name?.value }
}

export function ExamplePicker() {
  const { addTab, setOperationFacts } = useGraphiQLActions()
  const queryEditor = useGraphiQL((state) => state.queryEditor)
  const variableEditor = useGraphiQL((state) => state.variableEditor)
  const responseEditor = useGraphiQL((state) => state.responseEditor)
  const { generation, token } = useSession()
  const [chosen, setChosen] = useState(null)
  const latest = useRef(null)

  const choose = (event) => {
    const example = EXAMPLES.find(({ name }) => name === event.target.value)
    if (!example || !queryEditor || !variableEditor) return
    // An operation of the reader's own is kept: the example opens beside it.
    if (!isOurs(queryEditor.getValue())) addTab()
    queryEditor.setValue(example.source)
    variableEditor.setValue('')
    responseEditor?.setValue('')
    setOperationFacts(factsOf(example.source))
    setChosen(example)
  }

  // Variables come from the caller's own rows: read when an example is chosen, and again for a new caller.
  useEffect(() => {
    if (!chosen?.needs.length || !token || !variableEditor) return
    latest.current = chosen
    variablesOf(chosen).then((variables) => {
      const untouched = queryEditor.getValue() === chosen.source
      if (latest.current === chosen && untouched) variableEditor.setValue(JSON.stringify(variables, null, 2))
    })
    return () => {
      latest.current = null
    }
  }, [chosen, generation])

  return (
    <label className="pb-example">
      Examples
      <select id="pb-example" value={chosen?.name ?? ''} onChange={choose} disabled={!queryEditor || !variableEditor}>
        <option value="" disabled>
          choose an operation …
        </option>
        {EXAMPLES.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
    </label>
  )
}
