# Completion of gpu-cdi for fish; made by: gpu-cdi completion fish
# Use it with: gpu-cdi completion fish | source

# Whether the command typed so far is one of these.
function __gpu_cdi_at
    set -l path
    for word in (commandline -opc)[2..-1]
        set -l longer (string trim -- "$path $word")
        if contains -- "$longer" $__gpu_cdi_commands
            set path $longer
        end
    end
    contains -- "$path" $argv
end

# Words of which several can be given, between commas.
function __gpu_cdi_list
    set -l token (commandline -ct | string replace -r -- '^-[^=]*=' '')
    set -l before (string match -r -- '.*,' "$token")
    for word in $argv
        echo "$before$word"
    end
end

# What only the program can say. It reads spec directories, and never the driver.
function __gpu_cdi_ask
    set -l words (commandline -opc)
    set -l passed (string match -r -- '^(?:--spec-dir=.*|--as=.*|--rootless)$' $words)
    command $words[1] complete $argv $passed 2>/dev/null </dev/null
end

complete -c gpu-cdi -f
#DATA#
