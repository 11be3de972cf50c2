import { memo, type ComponentType } from 'react'
import type { LeafKind } from '../rule/isShowable.ts'
import { AgoFields } from './AgoFields.tsx'
import { ConsentFields } from './ConsentFields.tsx'
import { CountryFields } from './CountryFields.tsx'
import { EventFields } from './EventFields.tsx'
import type { FieldsProps } from './fieldProps.ts'
import { FigureFields } from './FigureFields.tsx'
import { LanguageFields } from './LanguageFields.tsx'
import { LifecycleFields } from './LifecycleFields.tsx'
import { ReachableFields } from './ReachableFields.tsx'
import { RfmFields } from './RfmFields.tsx'
import { TraitFields } from './TraitFields.tsx'

const FIELDS: Readonly<Record<LeafKind, ComponentType<FieldsProps>>> = {
  trait: TraitFields,
  lifecycle: LifecycleFields,
  consent: ConsentFields,
  reachable: ReachableFields,
  language: LanguageFields,
  country: CountryFields,
  orders: FigureFields,
  ago: AgoFields,
  rfm: RfmFields,
  prediction: FigureFields,
  event: EventFields,
}

/** The sentence of a condition, with a field for everything in it. */
export const ConditionFields = memo(function ConditionFields(props: FieldsProps) {
  const Fields = FIELDS[props.leaf.kind]
  return <Fields {...props} />
})
