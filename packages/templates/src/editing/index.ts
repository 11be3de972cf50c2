/** What takes a template apart for an editor and puts it together again, in browsers, too. */
export {}
