/** What the customers' own pages say. `{topic}` stands for the name of what the mail is about. */
export interface PageStrings {
  confirmTitle: string
  confirmText: string
  confirmButton: string
  confirmedTitle: string
  confirmedText: string
  unsubscribeTitle: string
  unsubscribeText: string
  unsubscribeButton: string
  /** Beside the button for all, where the mail was about a topic. */
  topicText: string
  topicButton: string
  choosePreferences: string
  unsubscribedTitle: string
  unsubscribedText: string
  topicLeftTitle: string
  topicLeftText: string
  undoText: string
  undoButton: string
  undoneTitle: string
  undoneText: string
  preferencesTitle: string
  preferencesText: string
  preferencesLegend: string
  /** The only choice where the shop has named no topics. */
  allNews: string
  saveButton: string
  nothingButton: string
  savedText: string
  subscribedText: string
  notSubscribedText: string
  surveyTitle: string
  surveyText: string
  answersLegend: string
  scoreLegend: string
  surveyComment: string
  surveyButton: string
  surveyMissing: string
  surveyThanksTitle: string
  surveyThanksText: string
  goneTitle: string
  goneText: string
  expiredTitle: string
  expiredText: string
  unknownTitle: string
  unknownText: string
}
