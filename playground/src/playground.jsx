import { DOC_EXPLORER_PLUGIN, DocExplorerStore } from '@graphiql/plugin-doc-explorer'
import { HISTORY_PLUGIN, HistoryStore } from '@graphiql/plugin-history'
import { GraphiQLProvider } from '@graphiql/react'
import { GraphiQL, GraphiQLInterface } from 'graphiql'
import { useMemo } from 'react'
import { Endpoint } from './endpoint.js'
import { ExamplePicker } from './example-picker.jsx'
import { EXAMPLES } from './examples.js'
import { useSession } from './session.js'
import { TokenBar } from './token-bar.jsx'

const PLUGINS = [DOC_EXPLORER_PLUGIN, HISTORY_PLUGIN]

export function Playground() {
  const { generation } = useSession()
  // GraphiQL reads the schema again when it is handed another fetcher: one per change of caller,
  // since what a caller may read decides whether introspection answers at all.
  const fetcher = useMemo(() => Endpoint.fetcher(generation), [generation])

  return (
    <GraphiQLProvider
      fetcher={fetcher}
      plugins={PLUGINS}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      defaultQuery={EXAMPLES[0].source}
      inputValueDeprecation
      schemaDescription
      shouldPersistHeaders={false}
    >
      <HistoryStore>
        <DocExplorerStore>
          <header className="pb-bar">
            <h1>Pathbridge <span>playground</span></h1>
            <TokenBar />
            <ExamplePicker />
          </header>
          <main className="pb-ide">
            <GraphiQLInterface defaultEditorToolsVisibility="variables" showPersistHeadersSettings={false}>
              <GraphiQL.Logo>{' '}</GraphiQL.Logo>
            </GraphiQLInterface>
          </main>
        </DocExplorerStore>
      </HistoryStore>
    </GraphiQLProvider>
  )
}
