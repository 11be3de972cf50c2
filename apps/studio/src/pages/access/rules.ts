/** As the server has them: what it would refuse is said before it is asked. */
export const SHORTEST_PASSWORD = 12
export const LONGEST_PASSWORD = 128
export const LONGEST_NAME = 100
export const LONGEST_EMAIL = 254

export const isName = (text: string) => text.trim() !== ''
/** Only what nobody's address is: the server knows the rest. */
export const isEmail = (text: string) => /^\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*$/.test(text)
export const isLongEnough = (password: string) => password.length >= SHORTEST_PASSWORD
