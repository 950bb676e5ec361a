# The trials as a data frame: Rscript analysis/load.R (in the folder of the export)
types <- c(text = "character", integer = "numeric", number = "numeric", boolean = "logical")
columns <- read.csv("documentation/dictionary.csv", encoding = "UTF-8")
trials <- read.csv("data/study-lexithymia_data.csv", na.strings = "n/a", encoding = "UTF-8",
                   colClasses = setNames(types[columns$type], columns$column))
counted <- trials[is.na(trials$exclusion) & !is.na(trials$correct), ]
# practice has feedback and never measures: its answers are never averaged with those of checks
print(aggregate(correct ~ target + kind + task, counted, function(x) c(mean = mean(x), size = length(x))))
