import { Code, Text } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { elementsOf, fieldsOf, isShown, type Block } from '@ciclo/templates/editing'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { InPlaceText } from './InPlaceText.tsx'
import { PictureView } from './PictureView.tsx'
import { SampleRows } from './SampleRows.tsx'
import { useSectionsEditing } from './sectionsEditing.ts'
import { useSectionWords } from './useSectionWords.ts'
import classes from './SectionsEditor.module.css'

/** Beyond this an excerpt says no more. */
const EXCERPT = 160

/** How a section looks, near enough to know it again; its texts are written here. The preview shows it as it is. */
export function SectionView({ block }: { block: Block }) {
  const { t } = useTranslation('template')
  const words = useSectionWords()
  const { source } = useSectionsEditing()
  const { kind, values = {} } = block
  if (kind === 'code')
    return (
      <div className={classes.code}>
        <Text size="sm">{t('sections.codeText')}</Text>
        <Code block>{excerptOf(source.mjml.slice(block.from, block.to))}</Code>
      </div>
    )
  if (kind === 'elements')
    return (
      <>
        {elementsOf(source.mjml, block).map(({ tag, from, keys, attributes }) => (
          <Fragment key={from}>
            {tag === 'mj-image' ? (
              <PictureView src={attributes.find(({ name }) => name === 'src')?.value ?? ''} />
            ) : null}
            {keys.map((key) => (
              <InPlaceText
                key={key}
                textKey={key}
                label={t('sections.fields.string', { key })}
                look={tag === 'mj-button' ? 'button' : 'body'}
              />
            ))}
          </Fragment>
        ))}
        {elementsOf(source.mjml, block).every(({ keys }) => keys.length === 0) ? (
          <Code block className={classes.code}>
            {excerptOf(source.mjml.slice(block.from, block.to))}
          </Code>
        ) : null}
      </>
    )

  const shown = (name: string): boolean =>
    typeof values[name] === 'string' && values[name] !== '' && isShown(kind, values, name)
  const text = (name: string, look: string) =>
    shown(name) ? (
      <InPlaceText key={name} textKey={String(values[name])} label={words.text(kind, name)} look={look} />
    ) : null
  const texts = fieldsOf(kind).flatMap(([name, form]) =>
    form.form === 'text' && name !== 'alt' ? [name] : [],
  )
  switch (kind) {
    case 'hero':
      return (
        <div className={classes.hero}>
          {values['picture'] === 'own' ? <PictureView src={String(values['src'])} /> : null}
          {values['picture'] === 'shop' ? <HeroPicture /> : null}
          {text('heading', 'hero')}
        </div>
      )
    case 'heading':
      return (
        <>
          {text('text', `title-${String(values['size'])}`)}
          {values['hasLine'] === true ? <hr className={classes.rule} /> : null}
        </>
      )
    case 'paragraph':
      return (
        <div data-align={values['align']}>{text('text', values['look'] === 'small' ? 'note' : 'body')}</div>
      )
    case 'button':
      return <div data-align={values['align']}>{text('text', 'button')}</div>
    case 'image':
      return (
        <div data-width={values['width']}>
          <PictureView src={String(values['src'])} />
        </div>
      )
    case 'imageText':
      return (
        <div className={classes.sides} data-side={values['side']}>
          <PictureView src={String(values['src'])} />
          <div>
            {text('heading', 'point')}
            {text('text', 'body')}
            {text('button', 'button')}
          </div>
        </div>
      )
    case 'columns':
      return (
        <div className={classes.sides}>
          {['1', '2', '3'].map((place) =>
            shown(`title${place}`) ? (
              <div key={place}>
                {text(`title${place}`, 'point')}
                {text(`text${place}`, 'body')}
              </div>
            ) : null,
          )}
        </div>
      )
    case 'divider':
      return <hr className={values['width'] === 'full' ? classes.line : classes.rule} />
    case 'spacer':
      return (
        <div className={classes.spacer} style={{ height: Number(values['height']) }}>
          {Number(values['height'])} px
        </div>
      )
    case 'point':
    case 'linkNote':
    case 'signature':
    case 'footerNote':
      return (
        <div data-align={kind === 'footerNote' ? 'center' : undefined}>
          {texts.map((name) =>
            text(
              name,
              name === 'title'
                ? 'point'
                : name === 'linkText'
                  ? 'link'
                  : kind === 'point' || kind === 'signature'
                    ? 'body'
                    : 'note',
            ),
          )}
        </div>
      )
    case 'survey':
      return <div className={classes.answers}>{texts.map((name) => text(name, 'answer'))}</div>
    case 'recommended':
      return (
        <div className={classes.facts}>
          {text('heading', 'title-medium')}
          <SampleRows kind={kind} layout={values['layout'] === 'rows' ? 'rows' : 'grid'} />
          {text('button', 'button')}
        </div>
      )
    case 'productRows':
    case 'productGrid':
    case 'orderLines':
    case 'coupon':
    case 'orderNumber':
    case 'deliveryAddress':
    case 'parcel':
    case 'points':
    case 'social':
    case 'withdrawalForm':
    default:
      return (
        <div className={classes.facts}>
          <SampleRows kind={kind} />
          {texts.map((name) => text(name, 'label'))}
        </div>
      )
  }
}

function HeroPicture() {
  const { t } = useTranslation('template')
  const { settings } = useSectionsEditing()
  const src = settings?.brand.heroImageUrl ?? ''
  return src === '' ? (
    <p className={classes.heroNote}>
      <IconPhoto size={16} stroke={1.6} aria-hidden /> {t('sections.shopPicture')}
    </p>
  ) : (
    <PictureView src={src} />
  )
}

const excerptOf = (mjml: string): string => {
  const text = mjml.replaceAll(/\s+/g, ' ')
  return text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text
}
