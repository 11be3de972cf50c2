import { useSuspenseQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { NewSender } from './NewSender.tsx'
import { SenderDetail } from './SenderDetail.tsx'
import { SenderList } from './SenderList.tsx'
import { sendersQuery } from './sendersQuery.ts'

/** What stands behind # for the form of a new sender: no id, as ids have no sign like this. */
const NEW_SENDER = '+'

/** Who mails come from: all senders, one of them, or a new one; the address says which, behind `#`. */
export default function SendersPart() {
  const { senders } = useSuspenseQuery(sendersQuery).data
  const { hash } = useLocation()
  if (hash === NEW_SENDER) return <NewSender senders={senders} />
  const sender = senders.find(({ id }) => id === hash)
  return sender ? <SenderDetail key={sender.id} sender={sender} /> : <SenderList senders={senders} />
}
