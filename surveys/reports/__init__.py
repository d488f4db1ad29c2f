"""Results as people read them: on a page, in a spreadsheet, in a letter. All are made of the same record."""
