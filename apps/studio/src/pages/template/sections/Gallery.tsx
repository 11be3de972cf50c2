import { Alert, Button, Group, Modal, SimpleGrid, Stack, Text, Textarea, UnstyledButton } from '@mantine/core'
import { IconCode } from '@tabler/icons-react'
import { importHtml, KIND_NAMES, SECTION_KINDS, type KindName, type LeftOut } from '@ciclo/templates/editing'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KIND_ICONS } from './kindIcons.ts'
import { useSectionsEditing } from './sectionsEditing.ts'
import { useSectionWords } from './useSectionWords.ts'
import classes from './SectionsEditor.module.css'

/** Those that begin with a picture that has to be chosen. */
const WITH_PICTURE = new Set<KindName>(['image', 'imageText'])

/** All kinds of sections with a sentence for each, to be added at a place. */
export function Gallery({ at, onClose }: { at: number; onClose: () => void }) {
  const { t } = useTranslation('template')
  const words = useSectionWords()
  const { add, pickImage } = useSectionsEditing()
  const [isImport, setIsImport] = useState(false)
  const choose = async (kind: KindName) => {
    onClose()
    const picked = WITH_PICTURE.has(kind) ? await pickImage?.() : undefined
    add(at, kind, picked ? { src: picked.url } : undefined)
  }
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t('cancel') }}
      opened
      onClose={onClose}
      title={t('sections.gallery.title')}
      size="xl"
      returnFocus={false}
    >
      {isImport ? (
        <HtmlImport at={at} onClose={onClose} onBack={() => setIsImport(false)} />
      ) : (
        <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }} spacing="xs">
          {KIND_NAMES.filter((kind) => SECTION_KINDS[kind].isOffered).map((kind) => (
            <Offer
              key={kind}
              icon={KIND_ICONS[kind]}
              name={words.kind(kind)}
              text={t(`sections.kinds.${kind}.text`)}
              onClick={() => void choose(kind)}
            />
          ))}
          <Offer
            icon={IconCode}
            name={t('sections.gallery.htmlName')}
            text={t('sections.gallery.htmlText')}
            onClick={() => setIsImport(true)}
          />
        </SimpleGrid>
      )}
    </Modal>
  )
}

interface OfferProps {
  icon: typeof IconCode
  name: string
  text: string
  onClick: () => void
}

function Offer({ icon: Icon, name, text, onClick }: OfferProps) {
  return (
    <UnstyledButton className={classes.offer} onClick={onClick}>
      <Icon size={22} stroke={1.5} aria-hidden />
      <span>
        <Text component="span" size="sm" fw={600} display="block">
          {name}
        </Text>
        <Text component="span" size="xs" c="dimmed" display="block">
          {text}
        </Text>
      </span>
    </UnstyledButton>
  )
}

function HtmlImport({ at, onClose, onBack }: { at: number; onClose: () => void; onBack: () => void }) {
  const { t } = useTranslation('template')
  const { addCode } = useSectionsEditing()
  const [html, setHtml] = useState('')
  const { mjml, leftOut } = importHtml(html)
  const left = Object.keys(leftOut) as LeftOut[]
  return (
    <Stack>
      <Textarea
        label={t('sections.gallery.htmlLabel')}
        autosize
        minRows={8}
        maxRows={18}
        value={html}
        onChange={(event) => setHtml(event.currentTarget.value)}
        spellCheck={false}
        data-autofocus
      />
      {left.length > 0 ? (
        <Alert color="yellow" title={t('sections.gallery.leftOut')}>
          <ul className={classes.leftOut}>
            {left.map((kind) => (
              <li key={kind}>
                {t(`sections.leftOut.${kind}`)} ({leftOut[kind]})
              </li>
            ))}
          </ul>
        </Alert>
      ) : null}
      <Group justify="space-between">
        <Button variant="subtle" onClick={onBack}>
          {t('sections.gallery.back')}
        </Button>
        <Button
          disabled={html.trim() === ''}
          onClick={() => {
            addCode(at, mjml)
            onClose()
          }}
        >
          {t('sections.gallery.htmlAdd')}
        </Button>
      </Group>
    </Stack>
  )
}
