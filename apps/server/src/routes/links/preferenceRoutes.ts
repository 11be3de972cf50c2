import { EVENT_NAMES } from '@ciclo/engine'
import { noticeBody } from '../../pages/noticeBody.ts'
import { preferencesBody, type Choice } from '../../pages/preferencesBody.ts'
import { topicName } from '../../pages/topicName.ts'
import type { Linked, LinkShell, LinkShellOptions } from './linkShell.ts'
import { readForm } from './readForm.ts'
import { standingOf, type Standing } from './standingOf.ts'

/** Stands for all mail where the shop has named no topics: no topic can be called so. */
const EVERYTHING = '*'

type Said = [name: string, properties: Record<string, unknown>]

function choicesOf({ settings, locale, words }: Linked, { isSubscribed, refusedTopics }: Standing): Choice[] {
  if (settings.topics.length === 0) return [{ id: EVERYTHING, name: words.allNews, isOn: isSubscribed }]
  return settings.topics.map((topic) => ({
    id: topic.id,
    name: topicName(topic, locale, settings.locale),
    isOn: isSubscribed && !refusedTopics.includes(topic.id),
  }))
}

/** What has to be recorded so that the choices stand as they were ticked: nothing where they stand so already. */
function whatIsSaid(
  linked: Linked,
  standing: Standing,
  choices: readonly Choice[],
  wanted: Set<string>,
): Said[] {
  const { words, message } = linked
  const said = { method: 'preferences', address: message.address }
  if (!choices.some(({ id }) => wanted.has(id)))
    return standing.isSubscribed ? [[EVENT_NAMES.unsubscribed, said]] : []
  return choices.flatMap(({ id, name, isOn }): Said[] => {
    const topic = id === EVERYTHING ? {} : { topic: id }
    if (wanted.has(id) && !isOn)
      return [[EVENT_NAMES.subscribed, { ...said, ...topic, text: `${words.preferencesLegend}: ${name}` }]]
    if (!wanted.has(id) && !standing.refusedTopics.includes(id))
      return [[EVENT_NAMES.unsubscribed, { ...said, ...topic }]]
    return []
  })
}

const form = (linked: Linked, choices: readonly Choice[], isSaved: boolean) =>
  linked.show({
    title: linked.words.preferencesTitle,
    body: preferencesBody(linked.words, choices, isSaved),
  })

const noForm = ({ show, words }: Linked, { isSubscribed }: Standing) =>
  show({
    title: words.preferencesTitle,
    body: noticeBody({
      title: words.preferencesTitle,
      text: isSubscribed ? words.subscribedText : words.notSubscribedText,
      ...(isSubscribed ? { button: words.unsubscribeButton } : {}),
    }),
  })

/** The page on which customers choose, topic by topic, what they receive. A GET only shows how it stands. */
export function addPreferenceRoutes(shell: LinkShell, { store }: Pick<LinkShellOptions, 'store'>): void {
  shell.on('GET', 'p', 'preferences', async (linked) => {
    const standing = await standingOf(store, linked)
    if (!standing.mayAgree) return noForm(linked, standing)
    return form(linked, choicesOf(linked, standing), false)
  })

  shell.on('POST', 'p', 'preferences', async (linked) => {
    const standing = await standingOf(store, linked)
    const fields = await readForm(linked.context.req.raw)
    const choices = choicesOf(linked, standing)
    // Of who may not agree here a no counts nevertheless, and nothing else.
    const wanted = new Set(fields.has('nothing') || !standing.mayAgree ? [] : fields.getAll('topic'))
    await shell.record(linked, ...whatIsSaid(linked, standing, choices, wanted))
    const saved = choices.map((choice) => ({ ...choice, isOn: wanted.has(choice.id) }))
    return standing.mayAgree
      ? form(linked, saved, true)
      : noForm(linked, { ...standing, isSubscribed: false })
  })
}
