/** What takes a template apart for an editor and puts it together again, in browsers, too. */
export {
  addSection,
  deleteSection,
  duplicateSection,
  editSection,
  fieldsOf,
  isShown,
  moveSection,
} from './changeSections.ts'
export type { EditableSource } from './editableSource.ts'
export {
  editAttribute,
  elementsOf,
  fitsForm,
  type AttributeForm,
  type EditableElement,
} from './editElements.ts'
export { importHtml, type ImportedHtml, type LeftOut } from './importHtml.ts'
export type { FieldForm } from './kinds/fields.ts'
export {
  KIND_NAMES,
  NEW_TEXT,
  SECTION_KINDS,
  type KindName,
  type SectionValues,
} from './kinds/sectionKinds.ts'
export { placeMjml } from './placeMjml.ts'
export { readBlocks, type Block } from './readBlocks.ts'
export { editText, keysIn, withMjml } from './stringKeys.ts'
export { TEXT_VARIABLES } from './variables.ts'
