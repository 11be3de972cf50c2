/** What of a template is edited by sections: its MJML and, per language, the strings that it shows. */
export interface EditableSource {
  mjml: string
  strings: Record<string, Record<string, string>>
  formal?: Record<string, Record<string, string>> | undefined
}
