"""The HTML report: one self-contained file with fact sheets, charts and the articles they came from, made from the rows alone.

page (the file), company (fact sheets), fact_view (a row as shown), article (text with highlights), axis (charts), amount_words,
day_words, language, odd (characters made visible), texts (the interface in two languages). How it looks:
templates/, report.css, report.js, texts.yaml.
"""
