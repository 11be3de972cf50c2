/** Real time, whatever clock the server runs by: stopping must end. */
export function clockless(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref()
  })
}
