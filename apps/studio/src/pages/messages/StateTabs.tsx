import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { useSession } from '../../session/useSession.ts'
import { countsQuery } from './messageQueries.ts'
import { MESSAGE_STATES, type MessageSearch } from './messageSearch.ts'
import classes from './Messages.module.css'

/** Then it is the link of this page. */
const EXACTLY = { exact: true, includeSearch: true } as const

/** The states, how many mails are in each, and which one is shown. */
export function StateTabs({ search }: { search: MessageSearch }) {
  const { t } = useTranslation(['messages', 'states'])
  const { number } = useFormats()
  const { timeZone } = useSession().workspace
  const { data } = useQuery(countsQuery(search, timeZone))
  const { state: _state, ...others } = search
  const countOf = (state: string) => {
    const counted = data?.states.find((one) => one.state === state)
    if (!counted || (counted.isMore && counted.messages === 0)) return ''
    const shown = number(counted.messages)
    return counted.isMore ? t('states.atLeast', { number: shown }) : shown
  }
  return (
    <nav aria-label={t('states.label')}>
      <ul className={classes.states}>
        <li>
          <Link to="/messages" search={others} className={classes.state} activeOptions={EXACTLY}>
            {t('states.all')}
          </Link>
        </li>
        {MESSAGE_STATES.map((state) => (
          <li key={state}>
            <Link
              to="/messages"
              search={{ ...others, state }}
              className={classes.state}
              activeOptions={EXACTLY}
            >
              {t(`message.${state}`, { ns: 'states' })}
              <span className={classes.count}>{countOf(state)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
