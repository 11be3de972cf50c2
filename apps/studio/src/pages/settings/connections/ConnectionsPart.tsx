import { useSuspenseQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { ConnectionDetail } from './ConnectionDetail.tsx'
import { ConnectionList } from './ConnectionList.tsx'
import { connectionsQuery } from './connectionsQuery.ts'
import { NewConnection } from './NewConnection.tsx'

/** What stands behind # for the form of a new one: no id has a sign like this. */
const NEW = '+'

/** The shop's system: all connections, one of them, or a new one; the address says which, behind `#`. */
export default function ConnectionsPart() {
  const { connections } = useSuspenseQuery(connectionsQuery).data
  const { hash } = useLocation()
  if (hash === NEW) return <NewConnection connections={connections} />
  const connection = connections.find(({ id }) => id === hash)
  return connection ? (
    <ConnectionDetail key={connection.id} connection={connection} />
  ) : (
    <ConnectionList connections={connections} />
  )
}
