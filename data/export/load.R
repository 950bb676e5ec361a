# The trials as a data frame: Rscript analysis/load.R (in the folder of the export)
types <- c(text = "character", integer = "numeric", number = "numeric", boolean = "logical", datetime = "character")
columns <- read.csv("documentation/dictionary.csv", encoding = "UTF-8")
trials <- read.csv("data/study-lexithymia_data.csv", na.strings = "n/a", encoding = "UTF-8",
                   colClasses = setNames(types[columns$type], columns$column))
for (time in columns$column[columns$type == "datetime"])
  trials[[time]] <- as.POSIXct(trials[[time]], format = "%Y-%m-%dT%H:%M:%OSZ", tz = "UTC")
counted <- trials[is.na(trials$exclusion) & !is.na(trials$correct), ]
print(aggregate(correct ~ target + task, counted, function(x) c(mean = mean(x), size = length(x))))
