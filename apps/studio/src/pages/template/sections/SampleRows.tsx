import type { KindName } from '@ciclo/templates/editing'
import { useTranslation } from 'react-i18next'
import { useSectionWords } from './useSectionWords.ts'
import classes from './SectionsEditor.module.css'

/** Shapes in the place of what each mail fills by itself. */
const SHAPES: Partial<Record<KindName, { className: 'rows' | 'grid' | 'box'; count: number }>> = {
  productRows: { className: 'rows', count: 2 },
  productGrid: { className: 'grid', count: 2 },
  orderLines: { className: 'rows', count: 3 },
}

export function SampleRows({ kind, layout }: { kind: KindName; layout?: 'rows' | 'grid' }) {
  const { t } = useTranslation('template')
  const words = useSectionWords()
  const { className, count } = layout
    ? { className: layout, count: 2 }
    : (SHAPES[kind] ?? { className: 'box', count: 1 })
  return (
    <div className={classes.sample}>
      <span>
        <strong>{words.kind(kind)}</strong> {t('sections.sample')}
      </span>
      <div className={classes[className]} aria-hidden>
        {Array.from({ length: count }, (_, place) => (
          <span key={place} className={classes.shape} />
        ))}
      </div>
    </div>
  )
}
