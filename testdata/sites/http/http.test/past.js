// Its response ends five cookies with dates of the past in five forms.
