/** Where the demo's customers come from: made-up people with the names of their countries. */
export const DEMO_PLACES = [
  {
    locale: 'es',
    country: 'ES',
    cities: ['Madrid', 'Valencia', 'Sevilla', 'Bilbao'],
    first: ['Lucía', 'Hugo', 'Carmen', 'Álvaro', 'Noa', 'Íñigo', 'Marta', 'Pablo', 'Rocío', 'Sergio'],
    last: ['García', 'Fernández', 'Muñoz', 'Ortega', 'Ibáñez', 'Navarro', 'Peña', 'Vidal', 'Castro'],
  },
  {
    locale: 'pl',
    country: 'PL',
    cities: ['Kraków', 'Warszawa', 'Gdańsk', 'Wrocław'],
    first: ['Zofia', 'Jakub', 'Hanna', 'Michał', 'Łucja', 'Paweł', 'Agnieszka', 'Stanisław', 'Ewa', 'Józef'],
    last: ['Nowak', 'Wójcik', 'Lewandowska', 'Zając', 'Dąbrowski', 'Król', 'Mazur', 'Jankowska', 'Sikora'],
  },
  {
    locale: 'ro',
    country: 'RO',
    cities: ['București', 'Cluj-Napoca', 'Iași', 'Timișoara'],
    first: ['Ioana', 'Andrei', 'Mădălina', 'Ștefan', 'Elena', 'Vlad', 'Raluca', 'Traian', 'Daria', 'Mihai'],
    last: ['Popescu', 'Ionescu', 'Dumitrescu', 'Stoica', 'Mureșan', 'Rusu', 'Șerban', 'Lungu', 'Florea'],
  },
  {
    locale: 'en',
    country: 'IE',
    cities: ['Dublin', 'Cork', 'Galway', 'Limerick'],
    first: ['Aoife', 'Conor', 'Grace', 'Liam', 'Saoirse', 'Noah', 'Orla', 'Finn', 'Maya', 'Theo'],
    last: ['Murphy', 'O’Brien', 'Byrne', 'Okafor', 'Walsh', 'Kelly', 'Doyle', 'Nolan', 'Quinn'],
  },
] as const

export interface DemoHabit {
  /** Of all customers: the shares come to 1. */
  share: number
  /** Days between two orders, in the middle; none at all where there is no number. */
  gap: number | null
  /** Orders at most. */
  orders: number
  /** How long ago the last order may have been at the least, in days. */
  quiet: number
  /** How many pieces of a product are in an order at the most. */
  pieces: number
}

/** How the demo's customers buy: those who come back, those who came once, those who have left, those who only look. */
export const DEMO_HABITS: readonly DemoHabit[] = [
  { share: 0.3, gap: 30, orders: 12, quiet: 0, pieces: 2 },
  { share: 0.16, gap: 55, orders: 6, quiet: 0, pieces: 2 },
  { share: 0.06, gap: 21, orders: 16, quiet: 0, pieces: 5 },
  { share: 0.2, gap: 1, orders: 1, quiet: 0, pieces: 2 },
  { share: 0.12, gap: 35, orders: 5, quiet: 120, pieces: 2 },
  { share: 0.16, gap: null, orders: 0, quiet: 0, pieces: 0 },
]
